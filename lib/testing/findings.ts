import type { AdmittedRefs } from "@/lib/admission/admitted";
import { admittedRefs } from "@/lib/admission/admitted";
import { livesOf } from "@/lib/admission/life";
import type { Survey } from "@/lib/admission/survey";
import { survey } from "@/lib/admission/survey";
import type { Finding } from "@/lib/findings/finding";
import type { FindingInput } from "@/lib/findings/kind";
import { findings } from "@/lib/findings/table";
import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { PolicyDocument, PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";

export const ourSubject = "project_path:acme/api:ref_type:branch:ref:main";
export const ours = { "gitlab.com:project_id": "42", "gitlab.com:sub": ourSubject };

/** A statement for tokens of one GitLab. */
export function allowing(Condition: PolicyStatement["Condition"], host = "gitlab.com"): PolicyStatement {
  return {
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(Condition ? { Condition } : {}),
  };
}

/** A trust of these statements. */
export const statements = (...Statement: PolicyStatement[]): TrustPolicy => ({ Version: "2012-10-17", Statement });

/** A trust of one statement, for tokens of one GitLab. */
export function trust(Condition: PolicyStatement["Condition"], host = "gitlab.com"): TrustPolicy {
  return statements(allowing(Condition, host));
}

/** Subjects under StringLike, beside what is pinned. */
export const like = (sub: string | string[], more: Record<string, string> = { "gitlab.com:project_id": "42" }) =>
  trust({ StringEquals: more, StringLike: { "gitlab.com:sub": sub } });
/** A trust of an own GitLab, of whose keys AWS reads subject and audience. */
export const onOwn = (sub: string) => trust({ StringLike: { "gitlab.example.com:sub": sub } }, "gitlab.example.com");
export const own = { issuer: "https://gitlab.example.com" };
/** The safe trust with one more statement. */
export const beside = (statement: Partial<PolicyStatement>) =>
  statements(allowing({ StringEquals: ours }), { Effect: "Allow", Action: "sts:AssumeRole", ...statement });

/** A branch or tag; "branch main (protected)" and the like. */
export function refOf(written: string): GitRef {
  const [type, name = ""] = written.split(" ");
  const isProtected = written.endsWith("(protected)");
  return {
    name,
    type: type === "tag" ? "tag" : "branch",
    protected: isProtected,
    default: name === "main",
    pushedAt: null,
    whoMayPush: isProtected ? "maintainers" : "developers",
  };
}

/** Where a trust is asked: a project, an account's provider, and the permissions beside it. */
export interface Stage
  extends Partial<Omit<MintingProject, "refs">>,
    Partial<Omit<FindingInput, "trustPolicy" | "survey" | "lives">> {
  /** As `refOf` reads them. */
  refs?: readonly string[] | null;
  audiences?: readonly string[];
  at?: Date;
}

/** All answers about a trust for acme/api (42) of group 7 on gitlab.com, whose rules protect main and the tags v*. */
function asked(trustPolicy: TrustPolicy, stage: Stage = {}): Survey<GitRef> {
  const { refs = ["branch main (protected)", "branch dev", "tag v1 (protected)"], audiences, at } = stage;
  const { issuer = "https://gitlab.com" } = stage;
  const project = {
    path: "acme/api",
    id: "42",
    namespaceId: "7",
    components: ["project_path", "ref_type", "ref"] as const,
    protectedBranches: [{ name: "main", push: 40, merge: 40 } as const],
    protectedTags: [{ name: "v*", create: 40 } as const],
    gitlabVersion: "19.4.1-ee",
    visibility: "private" as const,
    forksRunInParent: false,
    ...stage,
    issuer,
    refs: refs && refs.map(refOf),
  };
  const arn = `arn:aws:iam::111122223333:oidc-provider/${providerUrlPath(issuer)}`;
  return survey(trustPolicy, project, { arn, issuer, audiences: audiences ?? null, at: at ?? null });
}

/** Its refs by answer. */
export function admitting(trustPolicy: TrustPolicy, stage: Stage = {}): AdmittedRefs {
  const admitted = admittedRefs(trustPolicy, asked(trustPolicy, stage));
  if (!admitted) throw new Error("The stage hides its refs.");
  return admitted;
}

/** The findings of the trust there, which opens nothing. */
export function found(trustPolicy: TrustPolicy, stage: Stage = {}): Finding[] {
  const answers = asked(trustPolicy, stage);
  return findings({
    trustPolicy,
    isList: true,
    lives: livesOf(trustPolicy, answers),
    unseen: null,
    refsComplete: true,
    inlinePolicies: [],
    attachedPolicies: [],
    portalAudience: null,
    ...stage,
    survey: answers,
  });
}

/** A permission policy of one statement. */
export const permitting = (statement: Partial<PolicyStatement>): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", ...statement }],
});

/** The one finding of an id. */
export function only(id: Finding["id"], list: readonly Finding[]): Finding | undefined {
  const of = list.filter((one) => one.id === id);
  return of.length === 1 ? of[0] : undefined;
}
