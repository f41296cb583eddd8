import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import type { Decision } from "@/lib/errors";
import { TrustdeskError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Plan } from "@/lib/plan/change";
import { planDigest } from "@/lib/plan/digest";
import type { VisibleProject } from "@/lib/project/open-live-project";

/** Who asks, and what asking needs from outside. */
export interface SubmitContext {
  person: SignedInPerson;
  actor: Actor;
  clock: Clock;
  instanceId: string;
  /** The https URL of the tokens' issuer. */
  issuer: string;
  /** The portal's own OAuth application: login and CI tokens share issuer and keys, so it must not be an audience. */
  portalClientId: string;
  /** The group whose members can help those who may not. */
  platformGroup: string;
  /** The project, asked of GitLab now, with the person's own token; throws `not-found` for who cannot see it. */
  liveProject: (projectId: number) => Promise<VisibleProject>;
  /** The same as it was shown within the last minute, to look at; null where GitLab does not show it. */
  recentProject: (projectId: number) => Promise<VisibleProject | null>;
  /** GitLab's integer for the person in the project, asked now and of nothing else; throws as `liveProject`. */
  accessLevel: (projectId: number) => Promise<number>;
}

/** Throws the decision's reason as `forbidden`. A refusal is itself recorded: who tried to get which role, and why not. */
export async function mustBePermitted(
  decision: Decision,
  about: { projectId: number; projectPath: string; roleName: string },
  context: SubmitContext,
): Promise<void> {
  if (decision.ok) return;
  const { roleName, ...project } = about;
  await recordChange(context, () =>
    Promise.resolve({
      value: null,
      audit: { action: "role-request-refused", ...project, roleName: roleName || undefined, detail: decision.reason },
    }),
  );
  throw new TrustdeskError("forbidden", decision.reason);
}

/** The plan's digest; throws `conflict` with the newer plan as data when it is not the one that was on screen. */
export async function mustBeShown(plan: Plan, shownDigest: string): Promise<string> {
  const digest = await planDigest(plan);
  if (digest !== shownDigest)
    throw new TrustdeskError(
      "conflict",
      "The plan has changed since it was on screen: look at the new one and apply it again.",
      { data: { kind: "plan-moved", plan, planDigest: digest } },
    );
  return digest;
}
