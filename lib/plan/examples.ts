import { managedTag } from "@/lib/iam/portal-policy";
import type { PolicyDocument, TrustPolicy } from "@/lib/iam/trust-policy";
import type { Change, Plan, RoleDocument, RoleState, Snapshot } from "./change";
import type { Difference } from "./drift";
import type { RefusalData } from "./refusal";

/** One role of one project, in the forms in which the API shows it. The digests are those of nothing in particular. */

const accountId = "111122223333";
const providerArn = `arn:aws:iam::${accountId}:oidc-provider/gitlab.com`;
const roleArn = `arn:aws:iam::${accountId}:role/shop-deploy`;
const audience = "https://sts.amazonaws.com";

const trustPolicy: TrustPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: providerArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "gitlab.com:aud": audience,
          "gitlab.com:project_id": "7091",
          "gitlab.com:sub": "project_path:acme/shop/web:ref_type:branch:ref:main",
        },
      },
    },
  ],
};

const permissions: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: "arn:aws:s3:::shop-web/*" }],
};

const { inlinePolicies, ...bare } = {
  name: "shop-deploy",
  path: "/",
  trustPolicy,
  description: "Deploys the shop",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: { [managedTag.key]: managedTag.value, "trustdesk:project-id": "7091", "trustdesk:owner": "pia" },
  inlinePolicies: { deploy: permissions },
} satisfies RoleDocument;

export const roleDocumentExample: RoleDocument = { ...bare, inlinePolicies };

export const changeExamples: readonly [Change, ...Change[]] = [
  {
    kind: "create-provider",
    url: "https://gitlab.com",
    audiences: [audience],
    arn: providerArn,
    before: null,
    after: { url: "https://gitlab.com", audiences: [audience] },
  },
  { kind: "create-role", arn: roleArn, before: null, after: bare },
  { kind: "put-inline-policy", roleName: "shop-deploy", policyName: "deploy", before: null, after: permissions },
];

export const planExample: Plan = { accountId, roleArn, changes: [...changeExamples] };

export const roleStateExample: RoleState = {
  ...roleDocumentExample,
  arn: roleArn,
  uniqueId: "AROA1234567890EXAMPLE",
  createdAt: "2026-11-20T09:30:00.000Z",
  lastUsedAt: null,
  attachedPolicies: [],
};

export const snapshotExample: Snapshot = {
  accountId,
  callerArn: `arn:aws:sts::${accountId}:assumed-role/trustdesk-spoke/trustdesk`,
  provider: { arn: providerArn, url: "gitlab.com", audiences: [audience], thumbprints: [] },
  role: roleStateExample,
  boundary: "none",
  quotas: {
    trustPolicy: 2048,
    inlinePolicies: 10_240,
    roles: 1000,
    rolesUsed: 1,
    providers: 100,
    providersUsed: 1,
  },
  readAt: "2026-11-20T09:31:00.000Z",
};

export const differenceExample: Difference = {
  what: "settings",
  sentence: "The description or the longest session was changed in AWS.",
  ours: { description: "Deploys the shop", maxSessionSeconds: 3600 },
  theirs: { description: "Deploys the shop", maxSessionSeconds: 7200 },
};

const pia = { name: "Pia Okafor", username: "pia" };

/** One of each kind. */
export const refusalExamples: { [Kind in RefusalData["kind"]]: Extract<RefusalData, { kind: Kind }> } = {
  "plan-moved": { kind: "plan-moved", plan: planExample, planDigest: "9f".repeat(32) },
  "judgement-moved": {
    kind: "judgement-moved",
    judgementDigest: "3c".repeat(32),
    grade: "caution",
    findings: [
      {
        id: "unprotected-ref",
        severity: "caution",
        title: "A ref that is not protected",
        why: "Any developer can push to main.",
        mend: "Protected refs only",
        mendId: "pin-ref-protected",
        where: "who",
      },
    ],
  },
  "other-request": {
    kind: "other-request",
    requestId: "cmb1q2w3e0000",
    requester: pia,
    plan: planExample,
    diff: [
      { kind: "removed", text: '  "maxSessionSeconds": 3600,' },
      { kind: "added", text: '  "maxSessionSeconds": 7200,' },
    ],
  },
  "newer-version": {
    kind: "newer-version",
    version: 2,
    author: pia,
    changedAt: "2026-11-20T09:30:00.000Z",
    document: roleDocumentExample,
  },
  problems: {
    kind: "problems",
    problems: [
      { field: "roleName", reason: "A role named shop-deploy exists in this account already.", roleArn },
      { field: "justification", reason: "Say why the role is needed." },
    ],
  },
  "not-read": { kind: "not-read", line: 7, column: 3, pointer: "/Statement/0/Effect" },
};
