import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { Signed } from "@/lib/identity/signed";
import { searchProjection } from "@/lib/project/read";
import { scopeOf } from "@/lib/project/visible";
import type { Found } from "./contract";
import { findPeople, findProjectsNamed, findRequests, findRoles } from "./read-found";

const atMost = 6;
/** More words narrow nothing down and cost a condition each. */
const mostWords = 8;

/** Everything that holds each word of the query, at most six of a kind, in the same scope as the lists. An empty query finds nothing. */
export async function find(query: string, { signed, clock }: { signed: Signed; clock: Clock }): Promise<Found> {
  const words = query.trim().split(/\s+/).filter(Boolean).slice(0, mostWords);
  if (words.length === 0) return { projects: [], roles: [], requests: [], people: [] };
  const scope = await scopeOf(signed, clock);
  const sought = { instanceId: env.instanceId, scope, words, atMost };
  const [named, projects, roles, requests, people] = await Promise.all([
    words.length === 1 && words[0] ? findProjectsNamed(database(), signed.person.id, words[0], atMost) : [],
    searchProjection(signed.person.id, { query: words.join(" "), archived: false, limit: atMost }),
    findRoles(database(), sought),
    findRequests(database(), sought),
    findPeople(database(), signed.person.id, sought),
  ]);
  const others = projects.rows
    .filter(({ projectId }) => named.every((one) => one.projectId !== projectId))
    .map(({ projectId, path }) => ({ projectId, path }));
  return { projects: [...named, ...others].slice(0, atMost), roles, requests, people };
}
