import type { Transaction } from "@/lib/db/client";
import { TrustdeskError } from "@/lib/errors";

/** Holds a request that waits for a decision until the transaction ends. Throws `conflict` when somebody else decided, or withdrew it, in the same moment. */
export async function holdUndecided(tx: Transaction, id: string): Promise<void> {
  const held = await tx.$queryRaw<
    { id: string }[]
  >`SELECT "id" FROM "RoleRequest" WHERE "id" = ${id} AND "state" = 'requested' FOR UPDATE`;
  if (held.length === 0)
    throw new TrustdeskError(
      "conflict",
      "Somebody was faster: the request is decided, or was withdrawn. Look at it again.",
    );
}
