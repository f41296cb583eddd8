import { parseArn } from "@/lib/iam/arn";
import type { Finding } from "@/lib/iam/findings/finding";
import { findings } from "@/lib/iam/findings/table";
import type { RawPolicy, TrustPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import { issuerOfProvider, trustedProviders } from "@/lib/iam/trusted-provider";
import type { LostIn } from "./doubled";
import { doubledFindings } from "./doubled";
import { judge } from "./judge";
import type { LiveJudgement } from "./judgement";
import type { LintProject } from "./lint-project";
import type { Witness } from "./witness";

/** A role's documents as they were written, and the project that it is for. */
export interface LintInput {
  trust: RawPolicy;
  /** The role's own inline policies. */
  permissions: readonly RawPolicy[];
  /** What the texts lose to doubled members. */
  lost?: readonly LostIn[];
  /** Null: not known; then nothing is said of refs. */
  project: LintProject | null;
  /** The moment at which the trust is asked: date operators compare with it. */
  at: Date;
}

export interface LintFinding {
  id: string;
  severity: "caution" | "dangerous";
  /** One or more sentences. */
  message: string;
  /** JSON pointer into the document that it is about. */
  path: string;
  /** "trust", or the index of a permission policy. */
  document: "trust" | number;
}

export interface LintReport {
  grade: "safe" | "caution" | "dangerous";
  /** Whether the trust lets nobody in, whatever is asked. */
  nobody: boolean;
  /** Whether something of it cannot be told. */
  untold: boolean;
  findings: LintFinding[];
  /** The project's refs; empty where no project is known. `when`: for one that is untold, what would tell. */
  refs: { ref: string; type: "branch" | "tag"; answer: "in" | "out" | "untold"; when: string | null }[];
  /** Who else gets in. `by`: the JSON pointer of what lets them in. */
  beyond: { class: string; witness: Witness; by: string }[];
  /** What was assumed or could not be seen, a sentence each. */
  notes: string[];
}

/** What is to be said of a trust, and of the permissions that it opens. Grade caution is the least where nobody gets in, or something is untold. */
export function lint({ trust, permissions, lost = [], project }: LintInput): LintReport {
  const policy = readPolicy(trust);
  const judged = project && judgedFor(project, policy, { trust, permissions });
  const found = judged?.findings ?? withoutProject(policy, permissions);
  const refs = judged ? refsOf(judged) : [];
  const untold = found.some(({ id }) => id === "cannot-be-told") || refs.some(({ answer }) => answer === "untold");
  const all = [...doubledFindings(lost), ...found.map(asLintFinding)];
  return {
    grade: gradeOf(all, untold),
    nobody: false,
    untold,
    findings: all,
    refs,
    beyond: [],
    notes: project ? [] : ["Without a project, nothing is said of its refs, nor of other projects."],
  };
}

function gradeOf(found: readonly LintFinding[], untold: boolean): LintReport["grade"] {
  if (found.some(({ severity }) => severity === "dangerous")) return "dangerous";
  return found.length > 0 || untold ? "caution" : "safe";
}

function asLintFinding({ id, severity, title, why, where }: Finding): LintFinding {
  return {
    id,
    severity: severity === "danger" ? "dangerous" : "caution",
    message: `${title}. ${why}`,
    path: "/Statement",
    document: where === "who" ? "trust" : 0,
  };
}

function judgedFor(
  project: LintProject,
  policy: TrustPolicy,
  { trust, permissions }: Pick<LintInput, "trust" | "permissions">,
): LiveJudgement {
  const provider = trustedProviders(policy).find((arn) => issuerOfProvider(arn) === project.issuer);
  const namespaceId = Number(project.namespaceId ?? "0");
  return judge({
    project: { id: Number(project.id), path: project.path },
    live: {
      view: {
        projectId: Number(project.id),
        path: project.path,
        namespaceId,
        namespacePath: project.path.slice(0, project.path.lastIndexOf("/")),
        components: project.components ? [...project.components] : null,
        componentsReason: null,
      },
      refs: project.refs?.map((ref) => ({ ...ref, default: false, pushedAt: null, whoMayPush: "not known" })) ?? null,
    },
    place: {
      accountId: project.account ?? (provider && parseArn(provider)?.accountId) ?? "000000000000",
      partition: provider?.split(":")[1] ?? "aws",
      issuer: project.issuer,
      audience: project.audiences?.[0] ?? project.issuer,
    },
    after: {
      document: {
        trustPolicy: trust,
        inlinePolicies: Object.fromEntries(permissions.map((one, index) => [String(index), one])),
        attachedPolicies: [],
      },
      provider: project.audiences ? { audiences: [...project.audiences] } : "as planned",
    },
    before: null,
  });
}

function refsOf({ after, out }: LiveJudgement): LintReport["refs"] {
  const told = after.kind === "refs" ? [...after.in, ...after.untold, ...out] : out;
  return told.map(({ ref, verdict, because }) => ({
    ref: ref.name,
    type: ref.type,
    answer: verdict,
    when: verdict === "untold" ? because : null,
  }));
}

/** What needs no project to be said. */
function withoutProject(policy: TrustPolicy, permissions: readonly RawPolicy[]): Finding[] {
  const [issuer = "https://gitlab.com"] = trustedProviders(policy).flatMap((arn) => issuerOfProvider(arn) ?? []);
  const needProject = ["other-project", "no-immutable-pin", "any-ref"];
  return findings({
    trustPolicy: policy,
    inlinePolicies: permissions.map(readPolicy),
    attachedPolicies: [],
    issuer,
    project: { id: "0", path: "" },
    admitted: null,
  }).filter(({ id }) => !needProject.includes(id));
}
