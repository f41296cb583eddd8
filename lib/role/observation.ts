import { parseArn } from "@/lib/iam/arn";
import { readPolicy } from "@/lib/iam/policy-schema";
import { issuerOfProvider, trustedProviders } from "@/lib/iam/trusted-provider";
import { judge } from "@/lib/judgement/judge";
import type { AccessDocument } from "@/lib/judgement/judgement";
import { worseThan } from "@/lib/judgement/worse";
import type { RoleState } from "@/lib/plan/change";
import { canonicalJson } from "@/lib/plan/digest";
import type { Difference, LookedForProvider } from "@/lib/plan/drift";
import { comparableDifference, driftOf } from "@/lib/plan/drift";
import type { ComparedRole } from "./read-compared";

/** At most one look at a role in so many milliseconds. */
const atMostEvery = 10_000;

/** What one look at AWS says about a recorded role. */
export interface Observation {
  role: ComparedRole;
  live: RoleState | null;
  liveState: "same" | "drifted" | "gone";
  differences: Difference[];
  /** Titles of what is dangerous in what AWS holds and was not in what was recorded: judged without the project's refs. */
  dangers: string[];
  /** What people should hear of it; null when nothing is other than at the look before. */
  news: "drift-found" | "drift-gone" | null;
}

/**
 * Compares a role with what AWS holds (null: no role of that name), and with what was found the time before. Of a
 * provider that could not be read (null) the finding before still stands.
 */
export function observe(role: ComparedRole, live: RoleState | null, provider: LookedForProvider | null): Observation {
  const unread = provider || !live ? [] : role.known.drift.filter(({ what }) => what === "provider");
  const differences = [...unread, ...driftOf(role, live, provider)];
  const liveState = !live ? "gone" : differences.length === 0 ? "same" : "drifted";
  const dangers = live && liveState === "drifted" ? dangersIn(role, live, provider) : [];
  return { role, live, liveState, differences, dangers, news: newsOf(role, differences) };
}

/** Titles of the dangers that AWS's role has and the recorded one does not. */
function dangersIn(role: ComparedRole, live: RoleState, provider: LookedForProvider | null): string[] {
  const { document, projectId, projectPath } = role;
  const arn = provider?.arn ?? trustedProviders(readPolicy(document.trustPolicy))[0];
  const issuer = arn === undefined ? null : issuerOfProvider(arn);
  if (!issuer) return [];
  const { partition = "aws", accountId = "" } = parseArn(live.arn) ?? {};
  const judged = (held: AccessDocument) =>
    judge({
      project: { id: projectId, path: projectPath },
      live: null,
      place: { partition, accountId, issuer, audience: "" },
      after: { document: held, provider: "as planned" },
      before: null,
    });
  return worseThan(judged(document), judged(live))
    .filter(({ severity }) => severity === "danger")
    .map(({ title }) => title);
}

function newsOf({ known }: ComparedRole, differences: Difference[]): Observation["news"] {
  const differed = known.liveState === "drifted" || known.liveState === "gone";
  if (differences.length === 0) return differed ? "drift-gone" : null;
  return differed && asStored(differences) === asStored(known.drift) ? null : "drift-found";
}

/** Comparable whatever the order of members, and however a policy was written. */
function asStored(differences: Difference[]): string {
  return canonicalJson(JSON.parse(JSON.stringify(differences.map(comparableDifference))));
}

/** Whether a role was looked at so lately that it is not looked at again. */
export function isFresh(checkedAt: Date | null, now: Date): boolean {
  return checkedAt !== null && now.getTime() - checkedAt.getTime() < atMostEvery;
}
