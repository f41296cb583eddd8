import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { markVisible } from "@/lib/identity/mark-visible";
import type { Signed } from "@/lib/identity/signed";
import { isVisible, scopeOf } from "@/lib/project/visible";
import { mayCancel, mayDecide, mayReplace, mayWithdraw } from "./access";
import type { RequestRow, RequestView } from "./contract";
import { followerOf, goingOn } from "./going-on";
import type { RequestState } from "./model";
import type { RequestFilter, RequestRecord, VisibleRequest } from "./read";
import { readRequest, readRequests, requestNotFound, requestView } from "./read";

interface Asked {
  signed: Signed;
  clock: Clock;
}

/** A request as the person sees it. For who sees only own projects GitLab is asked, now; `not-found` for all others. */
export async function openRequest(id: string, asked: Asked): Promise<RequestView> {
  const request = await visibleRequest(id, asked);
  const { signed, clock } = asked;
  if (request.requesterId === signed.person.id) await markSeen(request, signed.person.id, clock);
  return requestView(database(), request, await whatMay(signed.person, request), clock);
}

/** The same without what a page tells of it: for whoever acts on it next. */
export async function visibleRequest(id: string, { signed, clock }: Asked): Promise<VisibleRequest> {
  const request = await readRequest(database(), env.instanceId, id);
  if (!(await isVisible(signed, request.projectId, clock))) throw requestNotFound();
  return markVisible(request);
}

/** What the person may do with the request now, each with the reason why not. */
async function whatMay(person: Signed["person"], request: RequestRecord): Promise<RequestView["can"]> {
  const about = { requesterId: request.requesterId, state: request.state as RequestState };
  const decide = mayDecide(person, about);
  const [{ retry, undo }, followedBy] = await Promise.all([
    goingOn(database(), person, request),
    followerOf(database(), request.id),
  ]);
  return {
    approve: decide,
    reject: decide,
    withdraw: mayWithdraw(person, about),
    replace: mayReplace(person, about, followedBy),
    cancel: mayCancel(person, about),
    retry,
    undo,
  };
}

/** Only when something happened since, so that polling a page writes nothing. */
async function markSeen({ id, finishedAt, seen }: RequestRecord, personId: string, clock: Clock): Promise<void> {
  const last = seen.find((row) => row.personId === personId)?.seenAt;
  if (last && (!finishedAt || last >= finishedAt)) return;
  const seenAt = clock.now();
  await database().requestSeen.upsert({
    where: { requestId_personId: { requestId: id, personId } },
    create: { requestId: id, personId, seenAt },
    update: { seenAt },
  });
}

/** The requests that the person sees, newest first. */
export async function listRequests(
  { mine, ...filter }: Omit<RequestFilter, "requesterId"> & { mine?: boolean | undefined },
  signed: Signed,
  clock: Clock,
): Promise<{ rows: RequestRow[]; nextCursor: string | null }> {
  return readRequests(database(), env.instanceId, await scopeOf(signed, clock), {
    ...filter,
    requesterId: mine ? signed.person.id : undefined,
  });
}
