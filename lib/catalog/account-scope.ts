import { database } from "@/lib/db/client";
import type { SignedInPerson } from "@/lib/identity/model";
import { readAccounts } from "./account-read";
import type { AwsAccountView } from "./model";

/** All accounts for platform engineers and auditors; for others those that hold roles of their projects. */
export async function listAccounts({ person }: { person: SignedInPerson }): Promise<AwsAccountView[]> {
  if (person.role !== "member") return readAccounts(database(), "all");
  const memberships = await database().projectMembership.findMany({ where: { personId: person.id }, select: { projectId: true } });
  return readAccounts(database(), new Set(memberships.map(({ projectId }) => projectId)));
}
