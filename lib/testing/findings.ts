import type { RefVerdict } from "@/lib/admission/admitted";
import type { Finding, FindingInput } from "@/lib/findings/finding";
import { findings } from "@/lib/findings/table";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { PolicyDocument, PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";

export const ourSubject = "project_path:acme/api:ref_type:branch:ref:main";
export const ours = { "gitlab.com:project_id": "42", "gitlab.com:sub": ourSubject };

/** A trust of one statement, for tokens of one GitLab. */
export function trust(Condition: PolicyStatement["Condition"], host = "gitlab.com"): TrustPolicy {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        ...(Condition ? { Condition } : {}),
      },
    ],
  };
}

/** Subjects under StringLike, beside what is pinned. */
export const like = (sub: string | string[], more: Record<string, string> = { "gitlab.com:project_id": "42" }) =>
  trust({ StringEquals: more, StringLike: { "gitlab.com:sub": sub } });
/** A trust of an own GitLab, of whose keys AWS reads subject and audience. */
export const onOwn = (sub: string) => trust({ StringLike: { "gitlab.example.com:sub": sub } }, "gitlab.example.com");
export const own = { issuer: "https://gitlab.example.com" };

/** Branches that get in by their names; all but main are unprotected. */
export function admitted(...names: string[]): RefVerdict[] {
  return names.map((name) => ({ ref: refOf(name), verdict: "in", by: "exact", because: "" }));
}

export function refOf(name: string): GitRef {
  return {
    name,
    type: "branch",
    protected: name === "main",
    default: false,
    pushedAt: null,
    whoMayPush: "developers",
  };
}

/** The findings of a trust for acme/api (42) on gitlab.com, which opens nothing. */
export function found(trustPolicy: TrustPolicy, more: Partial<FindingInput> = {}): Finding[] {
  return findings({
    trustPolicy,
    inlinePolicies: [],
    attachedPolicies: [],
    issuer: "https://gitlab.com",
    project: { id: "42", path: "acme/api" },
    admitted: admitted("main"),
    ...more,
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
