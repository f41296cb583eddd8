import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { accessLevels } from "@/lib/identity/model";
import type { Signed } from "@/lib/identity/signed";
import { keepProjectionCurrent } from "@/lib/project/sync-projects";
import type { AccountChoice, AwsAccountView } from "./model";
import { accountChoiceSchema } from "./model";
import { readAccounts } from "./read";

/** All accounts for platform engineers and auditors; for others those that hold roles of their projects. */
export async function listAccounts({ person, gitlab }: Signed, clock: Clock): Promise<AwsAccountView[]> {
  if (person.role !== "member") return readAccounts(database(), "all");
  await keepProjectionCurrent(person.id, gitlab, clock);
  return readAccounts(database(), { memberId: person.id });
}

/** The accounts for which the person can ask for a role. Submitting asks GitLab itself. */
export async function listAccountChoices(signed: Signed, clock: Clock): Promise<AccountChoice[]> {
  if (!(await maintainsSomething(signed, clock))) return [];
  return (await readAccounts(database(), "all")).map((account) => accountChoiceSchema.parse(account));
}

/** Whether the person could ask for any role at all: by portal role, or as Maintainer of a project in the projection. */
export async function maintainsSomething({ person, gitlab }: Signed, clock: Clock): Promise<boolean> {
  if (person.role !== "member") return true;
  await keepProjectionCurrent(person.id, gitlab, clock);
  const maintained = await database().projectMembership.findFirst({
    where: { personId: person.id, accessLevel: { gte: accessLevels.maintainer } },
    select: { projectId: true },
  });
  return maintained !== null;
}
