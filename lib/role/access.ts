import type { Decision } from "@/lib/errors";
import type { PortalRole } from "@/lib/identity/model";
import type { Difference } from "@/lib/plan/drift";
import type { LiveState } from "@/lib/plan/live-state";
import { differsFromRecord } from "@/lib/plan/live-state";
import { isOnlyProvider } from "@/lib/plan/only-provider";
import { mayAsk, maySubmit } from "@/lib/request/access";
import type { RoleView } from "./contract";

interface RoleFacts {
  removedAt: Date | null;
  liveState: LiveState;
  /** What differs from the record; an empty list where nothing does. */
  drift: readonly Pick<Difference, "what">[];
  underWay: RoleView["underWay"];
}

/** What GitLab says about the person in the role's project; null when GitLab does not show it to them, or is silent. */
type ProjectFacts = { accessLevel: number; standstill: string | null } | null;

/**
 * What the person may ask for about a recorded role, each with the reason why not. The same rules are asked again
 * at submit, of GitLab and AWS as they are then.
 */
export function whatMay(
  person: { role: PortalRole },
  role: RoleFacts,
  project: ProjectFacts,
  askWhom: string,
): RoleView["can"] {
  const obstacle = obstacleOf(role);
  const ask = mayAsk(person, { accessLevel: project?.accessLevel ?? 0 }, askWhom);
  const change: Decision = project
    ? maySubmit(person, project, askWhom)
    : {
        ok: false,
        reason:
          "GitLab does not show you the role's project, or does not answer, so its branches cannot be chosen. The role can be removed.",
      };
  const drifted: Decision = differsFromRecord(role.liveState)
    ? { ok: true }
    : {
        ok: false,
        reason:
          role.liveState === "unknown"
            ? "The role was not compared with AWS yet."
            : "AWS agrees with the recorded version.",
      };
  const same = sameRole(role);
  const there: Decision =
    role.liveState === "gone"
      ? { ok: false, reason: "AWS holds this role no more: put ours back first, or remove it." }
      : same;
  const takeable = nothingToTake(role);
  const check: Decision = role.removedAt ? { ok: false, reason: "The role was removed." } : { ok: true };
  return {
    edit: first(obstacle, ask, change, there),
    remove: first(obstacle, ask, same),
    restore: first(obstacle, ask, drifted, same),
    adopt: first(obstacle, ask, drifted, takeable),
    check,
  };
}

function sameRole({ drift }: RoleFacts): Decision {
  if (!drift.some(({ what }) => what === "replaced")) return { ok: true };
  return {
    ok: false,
    reason:
      "AWS holds another role of the same name, made by somebody else: take AWS's version first, or delete that role in AWS.",
  };
}

function nothingToTake({ liveState, drift }: RoleFacts): Decision {
  if (liveState === "gone") return { ok: false, reason: "The role is not in AWS any more: there is nothing to take." };
  if (isOnlyProvider(drift))
    return { ok: false, reason: "The role itself is as recorded; “Put ours back” mends the account's provider." };
  return { ok: true };
}

function obstacleOf({ removedAt, underWay }: RoleFacts): Decision {
  if (removedAt) return { ok: false, reason: "The role was removed: it is kept for the record only." };
  if (underWay) return { ok: false, reason: "A request about this role is not finished: see it first." };
  return { ok: true };
}

/** The first refusal, or ok. */
function first(...decisions: Decision[]): Decision {
  return decisions.find(({ ok }) => !ok) ?? { ok: true };
}
