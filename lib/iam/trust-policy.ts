import type { RefType, SubjectComponent } from "@/lib/gitlab-ci/claims";
import { isGitlabCom, providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { isPattern } from "@/lib/gitlab-ci/ref-pattern";
import { subjectPattern } from "@/lib/gitlab-ci/subject";
import type { PolicyStatement, TrustPolicy } from "./policy-schema";

export type { PolicyDocument, PolicyStatement, TrustPolicy } from "./policy-schema";
export { parsePolicy } from "./policy-schema";

/** What the form says about "who". Ids are strings, as in the token. */
export interface TrustChoice {
  issuer: string;
  providerArn: string;
  audience: string;
  components: SubjectComponent[];
  projectId: string;
  projectPath: string;
  namespaceId: string;
  /** Exact names. */
  refs: { name: string; type: RefType }[];
  /** With `*` and `?`, IAM's wildcards. */
  patterns: { pattern: string; type: RefType | "*" }[];
  pins: { projectId: boolean; namespaceId: boolean; refProtected: boolean };
}

/**
 * The trust policy of a choice: audience and pins under StringEquals, the subjects under StringEquals when all are
 * exact, else all under StringLike (two operators on one key would both have to match). Pins exist on gitlab.com
 * alone: for other issuers AWS reads only `sub` and `aud`.
 */
export function buildTrustPolicy(choice: TrustChoice): TrustPolicy {
  const prefix = providerUrlPath(choice.issuer);
  const subjects = chosenSubjects(choice);
  const equals: Record<string, string | string[]> = { [`${prefix}:aud`]: choice.audience, ...pinsOf(choice, prefix) };
  const sub = { [`${prefix}:sub`]: oneOrMany(subjects) };
  const condition: PolicyStatement["Condition"] = subjects.some(isPattern)
    ? { StringEquals: equals, StringLike: sub }
    : { StringEquals: { ...equals, ...sub } };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: choice.providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      },
    ],
  };
}

/** The subjects of the chosen refs and patterns, each once. */
export function chosenSubjects({ components, projectId, projectPath, refs, patterns, pins }: TrustChoice): string[] {
  const wanted = [
    ...refs.map(({ name, type }) => ({ ref: name, refType: type })),
    ...patterns.map(({ pattern, type }) => ({ ref: pattern, refType: type })),
  ];
  const refProtected = pins.refProtected ? { refProtected: "true" as const } : {};
  return [
    ...new Set(wanted.map((part) => subjectPattern(components, { projectPath, projectId, ...part, ...refProtected }))),
  ];
}

function pinsOf({ issuer, projectId, namespaceId, pins }: TrustChoice, prefix: string): Record<string, string> {
  if (!isGitlabCom(issuer)) return {};
  return {
    ...(pins.projectId ? { [`${prefix}:project_id`]: projectId } : {}),
    ...(pins.namespaceId ? { [`${prefix}:namespace_id`]: namespaceId } : {}),
    ...(pins.refProtected ? { [`${prefix}:ref_protected`]: "true" } : {}),
  };
}

function oneOrMany(values: string[]): string | string[] {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 ? only : values;
}
