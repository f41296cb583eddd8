import { describe, expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import type { RefVerdict } from "@/lib/admission/admitted";
import type { refVerdictSchema } from "@/lib/admission/admitted-schema";
import type { Finding } from "@/lib/findings/finding";
import type { findingSchema } from "@/lib/findings/schema";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { gitRefSchema } from "@/lib/gitlab-ci/ref-schema";
import { policyDocumentSchema } from "@/lib/iam/policy-document-schema";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { statementsOf } from "@/lib/iam/policy-schema";
import type { Judgement } from "@/lib/judgement/judgement";
import type { judgementSchema } from "@/lib/judgement/schema";
import type { Change, Plan, ProviderState, RoleDocument, RoleState, Snapshot } from "./change";
import type { Difference } from "./drift";
import { driftOf } from "./drift";
import { documentOf } from "./edit";
import { changeExamples, planExample, roleDocumentExample, roleStateExample, snapshotExample } from "./examples";
import { planFor } from "./goal";
import type { providerStateSchema } from "./schema";
import {
  changeSchema,
  differenceSchema,
  planSchema,
  roleDocumentSchema,
  roleStateSchema,
  snapshotSchema,
} from "./schema";

const policy = roleDocumentExample.trustPolicy;
const arn = "arn:aws:iam::111122223333:role/shop-deploy";
const providerArn = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const roleName = "shop-deploy";
const { inlinePolicies: _inline, ...bare } = roleDocumentExample;

/** One of each kind, so that a kind without its schema is missed. */
const changeOf: { [Kind in Change["kind"]]: Extract<Change, { kind: Kind }> } = {
  "create-provider": {
    kind: "create-provider",
    url: "https://gitlab.com",
    audiences: ["a"],
    arn: providerArn,
    before: null,
    after: { url: "https://gitlab.com", audiences: ["a"] },
  },
  "add-audience": {
    kind: "add-audience",
    arn: providerArn,
    audience: "b",
    before: { audiences: ["a"] },
    after: { audiences: ["a", "b"] },
  },
  "keep-provider": {
    kind: "keep-provider",
    arn: providerArn,
    before: { audiences: ["a"] },
    after: { audiences: ["a"] },
  },
  "create-role": { kind: "create-role", arn, before: null, after: bare },
  "put-inline-policy": { kind: "put-inline-policy", roleName, policyName: "deploy", before: null, after: policy },
  "update-trust": { kind: "update-trust", roleName, before: policy, after: policy },
  "update-role": {
    kind: "update-role",
    roleName,
    before: { description: "", maxSessionSeconds: 3600 },
    after: { description: "", maxSessionSeconds: 7200 },
  },
  "put-boundary": { kind: "put-boundary", roleName, before: null, after: policyArn },
  "delete-boundary": { kind: "delete-boundary", roleName, before: policyArn, after: null },
  "tag-role": { kind: "tag-role", roleName, before: {}, after: { "trustdesk:managed": "true" } },
  "delete-inline-policy": { kind: "delete-inline-policy", roleName, policyName: "old", before: policy, after: null },
  "attach-policy": { kind: "attach-policy", roleName, policyArn, before: null, after: policyArn },
  "detach-policy": { kind: "detach-policy", roleName, policyArn, before: policyArn, after: null },
  "delete-role": {
    kind: "delete-role",
    arn,
    roleName,
    before: { uniqueId: "AROA1", createdAt: "2026-11-20T09:30:00.000Z" },
    after: null,
  },
  "delete-provider": { kind: "delete-provider", arn: providerArn, before: { audiences: ["a"] }, after: null },
  "adopt-role": {
    kind: "adopt-role",
    arn,
    uniqueId: { before: null, after: "AROA1" },
    before: roleDocumentExample,
    after: roleDocumentExample,
  },
};

describe("schema and type", () => {
  it("are the same in both directions", () => {
    expectTypeOf<z.infer<typeof gitRefSchema>>().toEqualTypeOf<GitRef>();
    expectTypeOf<z.infer<typeof refVerdictSchema>>().toEqualTypeOf<RefVerdict>();
    expectTypeOf<z.infer<typeof findingSchema>>().toEqualTypeOf<Finding>();
    expectTypeOf<z.infer<typeof judgementSchema>>().toEqualTypeOf<Judgement>();
    expectTypeOf<z.infer<typeof policyDocumentSchema>>().toEqualTypeOf<RawPolicy>();
    expectTypeOf<z.infer<typeof providerStateSchema>>().toEqualTypeOf<ProviderState>();
    expectTypeOf<z.infer<typeof roleStateSchema>>().toEqualTypeOf<RoleState>();
    expectTypeOf<z.infer<typeof roleDocumentSchema>>().toEqualTypeOf<RoleDocument>();
    expectTypeOf<z.infer<typeof changeSchema>>().toEqualTypeOf<Change>();
    expectTypeOf<z.infer<typeof planSchema>>().toEqualTypeOf<Plan>();
    expectTypeOf<z.infer<typeof snapshotSchema>>().toEqualTypeOf<Snapshot>();
    expectTypeOf<z.infer<typeof differenceSchema>>().toEqualTypeOf<Difference>();
  });
});

describe("a change", () => {
  it.each(Object.entries(changeOf))(
    "of kind %s is read as it is, and not without one of its members",
    (_kind, change) => {
      expect(changeSchema.parse(change)).toEqual(change);
      for (const member of Object.keys(change)) {
        const rest = Object.fromEntries(Object.entries(change).filter(([name]) => name !== member));
        expect(changeSchema.safeParse(rest).success, `without ${member}`).toBe(false);
      }
    },
  );

  it.each([
    ["a kind that there is not", { ...changeOf["delete-role"], kind: "rename-role" }],
    ["the members of another kind", { ...changeOf["delete-boundary"], kind: "put-boundary" }],
    ["a member that nobody knows", { ...changeOf["attach-policy"], force: true }],
    ["a policy in no policy's form", { ...changeOf["update-trust"], after: { Statement: "*" } }],
    ["a statement with an element that IAM does not know", statementWith({ Princpal: "*" })],
    ["an effect that is none", statementWith({ Effect: "Perhaps" })],
  ])("with %s is refused", (_what, change) => {
    expect(changeSchema.safeParse(change).success).toBe(false);
  });
});

function statementWith(element: Record<string, unknown>) {
  const [statement] = statementsOf(policy);
  return { ...changeOf["update-trust"], after: { ...policy, Statement: [{ ...statement, ...element }] } };
}

describe("what the planner and the comparison make", () => {
  const goal = {
    kind: "create",
    continues: [],
    desired: {
      accountId: "111122223333",
      partition: "aws",
      issuer: "https://gitlab.com",
      audience: "https://sts.amazonaws.com",
      role: roleDocumentExample,
    },
  } as const;

  it("is read as it is", () => {
    const planned = planFor({ ...goal, continues: [] }, { ...snapshotExample, role: null, provider: null });
    expect(planSchema.parse(planned.plan)).toEqual(planned.plan);
    expect(planned.plan?.changes).toEqual(changeExamples);
    expect(roleStateSchema.parse(roleStateExample)).toEqual(roleStateExample);
    expect(roleDocumentSchema.parse(documentOf(roleStateExample))).toEqual(roleDocumentExample);
  });

  it("is read as it is where everything differs", () => {
    const live: RoleState = {
      ...roleStateExample,
      uniqueId: "AROA2",
      path: "/else/",
      trustPolicy: { Version: "2012-10-17", Statement: [] },
      description: "Changed",
      boundaryArn: policyArn,
      tags: {},
      inlinePolicies: { other: policy },
      attachedPolicies: [policyArn],
    };
    const recorded = { document: roleDocumentExample, uniqueId: "AROA1" };
    const gone = driftOf(recorded, null, null);
    const found = driftOf(recorded, live, { arn: providerArn, held: null });
    expect(new Set([...gone, ...found].map(({ what }) => what))).toEqual(
      new Set([
        "role",
        "replaced",
        "provider",
        "trust-policy",
        "inline-policy",
        "attached-policy",
        "boundary",
        "settings",
        "tags",
      ]),
    );
    for (const difference of [...gone, ...found]) expect(differenceSchema.parse(difference)).toEqual(difference);
    expect(differenceSchema.safeParse({ ...gone[0], what: "settings" }).success).toBe(false);
  });

  it("survives the database, which keeps no member that is undefined", () => {
    const kept: unknown = JSON.parse(JSON.stringify({ ...snapshotExample, providerUsers: undefined }));
    expect(snapshotSchema.parse(kept)).toEqual(snapshotExample);
    expect(snapshotSchema.safeParse({ ...snapshotExample, boundary: "unknown" }).success).toBe(false);
    expect(planSchema.safeParse({ ...planExample, accountId: 111122223333 }).success).toBe(false);
  });
});

describe("a policy document", () => {
  it("keeps its form: a single value stays single, and nothing is added", () => {
    const document = {
      Version: "2008-10-17",
      Statement: [{ Effect: "Deny", Action: "s3:*", NotResource: ["a", "b"], Principal: "*" }],
    };
    const byHand = {
      Statement: { Effect: "Allow", Action: ["s3:*"], Condition: { Bool: { "aws:SecureTransport": true } } },
    };
    expect(policyDocumentSchema.parse(document)).toStrictEqual(document);
    expect(policyDocumentSchema.parse(byHand)).toStrictEqual(byHand);
    expect(policyDocumentSchema.safeParse({ Version: "2012-10-17" }).success, "without its statements").toBe(false);
  });
});
