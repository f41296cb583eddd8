import type { Clock } from "@/lib/clock";
import { knownError } from "@/lib/errors";
import { seesEverything } from "@/lib/identity/access";
import type { Signed } from "@/lib/identity/signed";
import { openRights } from "./open-project";
import type { ProjectScope } from "./scope";
import { keepProjectionCurrent } from "./sync-projects";
/** Everything, or the projects in which the projection has the person as a member. */
export async function scopeOf({ person, gitlab }: Signed, clock: Clock): Promise<ProjectScope> {
  if (seesEverything(person)) return "all";
  await keepProjectionCurrent(person.id, gitlab, clock);
  return { memberId: person.id };
}

/** Whether records about the project are the person's to see: by portal role, or as a member of it at this moment. */
export async function isVisible(signed: Signed, projectId: number, clock: Clock): Promise<boolean> {
  if (seesEverything(signed.person)) return true;
  const rights = await openRights(signed, projectId, clock).catch((error: unknown) => {
    if (knownError(error)?.code === "not-found") return null;
    throw error;
  });
  return rights !== null && rights.accessLevel > 0;
}
