import { livesOf } from "@/lib/admission/life";
import { mentionedProjects } from "@/lib/admission/mentioned";
import type { Survey } from "@/lib/admission/survey";
import { survey } from "@/lib/admission/survey";
import { whenWords } from "@/lib/admission/when";
import type { Witness } from "@/lib/admission/witness";
import type { LostIn } from "@/lib/findings/doubled-member";
import { doubledFindings } from "@/lib/findings/doubled-member";
import type { Finding } from "@/lib/findings/finding";
import { findings } from "@/lib/findings/table";
import { defaultComponents } from "@/lib/gitlab-ci/components";
import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import { providerArn } from "@/lib/iam/arn";
import type { RawPolicy, TrustPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import { issuerOfProvider, trustedProviders } from "@/lib/iam/trusted-provider";
import type { LintProject } from "./lint-project";

/** A role's documents as they were written, and the project that it is for. */
export interface LintInput {
  trust: RawPolicy;
  /** The role's own inline policies. */
  permissions: readonly RawPolicy[];
  /** What the texts lose to doubled members. */
  lost?: readonly LostIn[];
  /** Null: not known; then it is taken to be the one that the trust names. */
  project: LintProject | null;
  /** Whether the project's refs are all there are; absent: they are. */
  refsComplete?: boolean;
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
  /** Whether nobody gets in by the trust, surely or perhaps. */
  nobody: boolean;
  /** Whether something of it cannot be told. */
  untold: boolean;
  findings: LintFinding[];
  /** The project's refs; empty where no project is known. `when`: for one that is untold, what would tell. */
  refs: { ref: string; type: "branch" | "tag"; answer: "in" | "out" | "untold"; when: string | null }[];
  /** Who else gets in, one call of each class. `by`: who can make such a call, in words. */
  beyond: { class: string; witness: Witness; by: string }[];
  /** What was assumed or could not be seen, a sentence each. */
  notes: string[];
}

/** What is to be said of a trust, and of the permissions that it opens. Grade caution is the least where nobody gets in, or something is untold. */
export function lint({ trust, permissions, lost = [], project, refsComplete = true, at }: LintInput): LintReport {
  const policy = readPolicy(trust);
  const asked = askedOf(policy, project);
  const answers = survey(policy, asked.project, {
    arn: asked.arn,
    issuer: asked.project.issuer,
    audiences: project?.audiences ?? null,
    at,
  });
  const found = findings({
    trustPolicy: policy,
    isList: Array.isArray(trust.Statement),
    survey: answers,
    lives: livesOf(policy, answers),
    unseen: project ? null : "No project was given, so nobody can tell which of its branches and tags get in.",
    refsComplete,
    inlinePolicies: permissions.map(readPolicy),
    attachedPolicies: [],
    portalAudience: null,
  });
  const refs = refsOf(answers);
  const untold =
    found.some(({ id }) => id === "cannot-be-told" || id === "unseen-refs") ||
    refs.some(({ answer }) => answer === "untold");
  const all = [...doubledFindings(lost), ...found.map(asLintFinding)];
  return {
    grade: gradeOf(all, untold),
    nobody: found.some(({ id }) => id === "nobody"),
    untold,
    findings: all,
    refs,
    beyond: [...(asked.isNamed ? answers.beyond : answers.beyond.filter(isElsewhere)), ...answers.others].flatMap(
      ({ kind, witness, who }) => (witness ? [{ class: kind, witness, by: who }] : []),
    ),
    notes: asked.notes,
  };
}

/** Of a project that nobody named, nothing can be said. */
function isElsewhere({ kind }: Survey["beyond"][number]): boolean {
  return kind === "other-project" || kind === "login";
}

function gradeOf(found: readonly LintFinding[], untold: boolean): LintReport["grade"] {
  if (found.some(({ severity }) => severity === "dangerous")) return "dangerous";
  return found.length > 0 || untold ? "caution" : "safe";
}

function asLintFinding({ id, severity, title, why, where, path = "/Statement" }: Finding): LintFinding {
  return {
    id,
    severity: severity === "danger" ? "dangerous" : "caution",
    message: `${title}. ${why}`,
    path,
    document: where === "who" ? "trust" : 0,
  };
}

function refsOf({ refs }: Survey): LintReport["refs"] {
  return (refs ?? []).map(({ ref, answer }) => ({
    ref: ref.name,
    type: ref.type,
    answer: answer.is,
    when: answer.is === "untold" ? whenWords(answer.when) : null,
  }));
}

interface Asked {
  project: MintingProject;
  /** Of the role's own account. */
  arn: string;
  /** Whether the project was given, or the trust names one. */
  isNamed: boolean;
  notes: string[];
}

/** The project and the provider that the trust is read for. */
function askedOf(policy: TrustPolicy, given: LintProject | null): Asked {
  const providers = trustedProviders(policy).filter((arn) => issuerOfProvider(arn) !== null);
  const issuer = given?.issuer ?? issuerOfProvider(providers[0] ?? "") ?? "https://gitlab.com";
  const named = providers.find((arn) => arn.endsWith(`:oidc-provider/${providerUrlPath(issuer)}`));
  const accountId = given?.account ?? null;
  const arn =
    accountId === null
      ? (named ?? providerArn({ partition: "aws", accountId: "000000000000", issuer }))
      : providerArn({ partition: named?.split(":")[1] ?? "aws", accountId, issuer });
  return given ? { project: given, arn, isNamed: true, notes: [] } : { ...presumed(policy, issuer), arn };
}

/** Without a project: the first that the trust names, with GitLab's default components; of its refs nothing is known. */
function presumed(policy: TrustPolicy, issuer: string): Omit<Asked, "arn"> {
  const [first] = mentionedProjects(policy, issuer);
  const path = first?.path ?? null;
  const id = first?.id ?? null;
  const named = path ?? (id === null ? null : `project ${id}`);
  return {
    isNamed: named !== null,
    project: {
      issuer,
      path: path ?? "your-group/your-project",
      id: id ?? "0",
      namespaceId: null,
      components: path === null ? null : defaultComponents,
      refs: null,
      protectedBranches: null,
      protectedTags: null,
      gitlabVersion: null,
      visibility: null,
      forksRunInParent: null,
    },
    notes: [
      named === null
        ? "No project was given: nothing is said of a project's refs."
        : `No project was given: the trust is read as for ${named}, with GitLab's default subject components, and nothing is said of its refs.`,
    ],
  };
}
