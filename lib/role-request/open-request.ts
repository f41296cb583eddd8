import { readMemberProjects } from "@/lib/catalog/member-projects-read";
import { openRights } from "@/lib/catalog/open-project";
import { keepProjectionCurrent } from "@/lib/catalog/sync-projects";
import { systemClock } from "@/lib/clock";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { knownError } from "@/lib/errors";
import type { Signed } from "@/lib/identity/signed";
import { mayCancel, seesEverything } from "./access";
import type { RequestRow, RequestView } from "./contract";
import type { RequestState } from "./model";
import { readRequest, readRequests, requestNotFound, requestView } from "./read";
import type { ProjectScope, RequestFilter } from "./read";

/** A request as the person sees it. For who sees only own projects GitLab is asked, now; `not-found` for all others. */
export async function openRequest(id: string, { signed, clock }: { signed: Signed; clock: Clock }): Promise<RequestView> {
  const request = await readRequest(database(), env.instanceId, id);
  if (!(await isVisible(signed, request.projectId, clock))) throw requestNotFound();
  const canCancel = mayCancel(signed.person, { requesterId: request.requesterId, state: request.state as RequestState });
  return requestView(database(), request, canCancel, clock);
}

/** The requests that the person sees, newest first. */
export async function listRequests(filter: RequestFilter, signed: Signed, clock: Clock = systemClock): Promise<{ rows: RequestRow[]; nextCursor: string | null }> {
  return readRequests(database(), env.instanceId, await scopeOf(signed, clock), filter);
}

/** Everything, or the projects in which the projection has the person as a member. */
export async function scopeOf({ person, gitlab }: Signed, clock: Clock): Promise<ProjectScope> {
  if (seesEverything(person)) return "all";
  await keepProjectionCurrent(person.id, gitlab, clock);
  return readMemberProjects(database(), person.id);
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
