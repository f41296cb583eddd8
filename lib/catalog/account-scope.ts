import { systemClock } from "@/lib/clock";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { Signed } from "@/lib/identity/signed";
import { readAccounts } from "./account-read";
import { readMemberProjects } from "./member-projects-read";
import type { AwsAccountView } from "./model";
import { keepProjectionCurrent } from "./sync-projects";

/** All accounts for platform engineers and auditors; for others those that hold roles of their projects. */
export async function listAccounts({ person, gitlab }: Signed, clock: Clock = systemClock): Promise<AwsAccountView[]> {
  if (person.role !== "member") return readAccounts(database(), "all");
  await keepProjectionCurrent(person.id, gitlab, clock);
  return readAccounts(database(), await readMemberProjects(database(), person.id));
}
