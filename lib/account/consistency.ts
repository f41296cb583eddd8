import { TrustdeskError } from "@/lib/errors";
import { parseArn } from "@/lib/iam/arn";
import type { AccountInput } from "./schema";

/** Refuses what contradicts itself, e.g. a spoke role of another account, at the field where it is typed. */
export function mustBeConsistent(input: AccountInput): void {
  mustBeIn(input, "spokeRoleArn", input.spokeRoleArn, "The spoke role");
  mustBeIn(input, "boundaryArn", input.boundaryArn, "The boundary");
  if (input.boundaryRequired && !input.boundaryArn)
    throw new TrustdeskError("bad-input", "A boundary is required, but none is named.", { field: "boundaryArn" });
}

/** The refusal for a name or number that another account has; any other error as it is. */
export function takenOr(error: unknown, input: AccountInput): unknown {
  const { code, meta } = (error ?? {}) as { code?: string; meta?: unknown };
  if (code !== "P2002") return error;
  const field = JSON.stringify(meta ?? "").includes("accountId") ? "accountId" : "name";
  return new TrustdeskError(
    "conflict",
    field === "name" ? `Another account is called ${input.name}.` : `Account ${input.accountId} is already listed.`,
    { field, cause: error },
  );
}

function mustBeIn({ accountId, partition }: AccountInput, field: string, arn: string | null, what: string): void {
  if (!arn) return;
  const parsed = parseArn(arn);
  if (!parsed) throw new TrustdeskError("bad-input", `${what} is not an ARN.`, { field });
  if (parsed.partition !== partition)
    throw new TrustdeskError("bad-input", `${what} is in partition ${parsed.partition}, the account in ${partition}.`, {
      field,
    });
  if (parsed.accountId !== accountId && parsed.accountId !== "aws")
    throw new TrustdeskError("bad-input", `${what} is in account ${parsed.accountId}, not in ${accountId}.`, { field });
}
