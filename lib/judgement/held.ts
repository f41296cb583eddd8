import { parseArn } from "@/lib/iam/arn";
import { readPolicy } from "@/lib/iam/policy-schema";
import { trustedProviders } from "@/lib/iam/trusted-provider";
import type { RoleDocument } from "@/lib/plan/change";
import { takesTokens } from "@/lib/plan/diff";
import type { ComparedState } from "./held-now";
import { heldNow } from "./held-now";
import type { Side } from "./judge";
import { judge } from "./judge";
import type { LiveJudgement } from "./judgement";
import type { LiveProject } from "./project";

interface JudgedRole extends ComparedState {
  /** The project that the role is for, as it is recorded. */
  projectId: number;
  projectPath: string;
  arn: string;
  /** Of the installation's GitLab, with scheme. */
  issuer: string;
  /** What the role's jobs ask for. */
  audience: string;
}

/**
 * What is to be said of a recorded role as it is now. `before` is the recorded version where AWS holds another, or
 * nobody gets in; null where it holds just that.
 */
export function judgeHeld(
  role: JudgedRole,
  recorded: RoleDocument,
  shown: { live: LiveProject | null; hidden?: string },
): LiveJudgement {
  const { accountId = "", partition = "aws" } = parseArn(role.arn) ?? {};
  const held = heldNow(role, recorded);
  const provider = providerIn(role);
  const after: Side = held.of === "nothing" ? { nobody: held.because } : { document: held.document, provider };
  const isAsRecorded = held.of === "record" && provider === "as planned";
  return judge({
    ...shown,
    project: { id: role.projectId, path: role.projectPath },
    place: { accountId, partition, issuer: role.issuer, audience: role.audience },
    after,
    before: isAsRecorded ? null : { document: recorded, provider: "as planned" },
  });
}

/** The provider where it is known to stand in the way of some token, else as the record wants it. */
function providerIn({ drift, live }: ComparedState): Extract<Side, { document: unknown }>["provider"] {
  const difference = drift?.find(({ what }) => what === "provider");
  if (difference?.what !== "provider") return "as planned";
  const held = difference.theirs;
  const trust = live?.trustPolicy;
  const isOpen = trust && trustedProviders(readPolicy(trust)).some((arn) => takesTokens(held, trust, arn));
  return isOpen ? "as planned" : held;
}
