import { z } from "zod";
import { policyDocumentSchema } from "@/lib/iam/policy-document-schema";
import {
  changeExamples,
  differenceExample,
  planExample,
  roleDocumentExample,
  roleStateExample,
  snapshotExample,
} from "./examples";

/*
 * The types of `change` and `drift`, as they are kept and sent. Nothing is read into a value and nothing is left out of
 * it: a member that is not named here is refused.
 */

const audiences = z.strictObject({ audiences: z.array(z.string()) });

export const providerStateSchema = z.strictObject({
  arn: z.string(),
  url: z.string(),
  audiences: z.array(z.string()),
  thumbprints: z.array(z.string()),
});

export const roleStateSchema = z
  .strictObject({
    arn: z.string(),
    name: z.string(),
    path: z.string(),
    uniqueId: z.string(),
    trustPolicy: policyDocumentSchema,
    description: z.string(),
    maxSessionSeconds: z.number(),
    boundaryArn: z.string().nullable(),
    tags: z.record(z.string(), z.string()),
    createdAt: z.string(),
    lastUsedAt: z.string().nullable(),
    inlinePolicies: z.record(z.string(), policyDocumentSchema),
    attachedPolicies: z.array(z.string()),
  })
  .meta({ title: "RoleState", description: "A role as AWS holds it.", examples: [roleStateExample] });

const roleDocument = z.strictObject({
  name: z.string(),
  path: z.string(),
  trustPolicy: policyDocumentSchema,
  description: z.string(),
  maxSessionSeconds: z.number(),
  boundaryArn: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  inlinePolicies: z.record(z.string(), policyDocumentSchema),
  attachedPolicies: z.array(z.string()).optional(),
});

export const roleDocumentSchema = roleDocument.meta({
  title: "RoleDocument",
  description: "A role as somebody wants it, and as it is recorded.",
  examples: [roleDocumentExample],
});

const roleSettings = z.strictObject({ description: z.string(), maxSessionSeconds: z.number() });

export const changeSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("create-provider"),
      url: z.string(),
      audiences: z.array(z.string()),
      arn: z.string(),
      before: z.null(),
      after: z.strictObject({ url: z.string(), audiences: z.array(z.string()) }),
    }),
    z.strictObject({
      kind: z.literal("add-audience"),
      arn: z.string(),
      audience: z.string(),
      before: audiences,
      after: audiences,
    }),
    z.strictObject({ kind: z.literal("keep-provider"), arn: z.string(), before: audiences, after: audiences }),
    z.strictObject({
      kind: z.literal("create-role"),
      arn: z.string(),
      before: z.null(),
      after: roleDocument.omit({ inlinePolicies: true, attachedPolicies: true }),
    }),
    z.strictObject({
      kind: z.literal("put-inline-policy"),
      roleName: z.string(),
      policyName: z.string(),
      before: policyDocumentSchema.nullable(),
      after: policyDocumentSchema,
    }),
    z.strictObject({
      kind: z.literal("update-trust"),
      roleName: z.string(),
      before: policyDocumentSchema,
      after: policyDocumentSchema,
    }),
    z.strictObject({
      kind: z.literal("update-role"),
      roleName: z.string(),
      before: roleSettings,
      after: roleSettings,
    }),
    z.strictObject({
      kind: z.literal("put-boundary"),
      roleName: z.string(),
      before: z.string().nullable(),
      after: z.string(),
    }),
    z.strictObject({
      kind: z.literal("delete-boundary"),
      roleName: z.string(),
      before: z.string(),
      after: z.null(),
    }),
    z.strictObject({
      kind: z.literal("tag-role"),
      roleName: z.string(),
      before: z.record(z.string(), z.string()),
      after: z.record(z.string(), z.string()),
    }),
    z.strictObject({
      kind: z.literal("delete-inline-policy"),
      roleName: z.string(),
      policyName: z.string(),
      before: policyDocumentSchema,
      after: z.null(),
    }),
    z.strictObject({
      kind: z.literal("attach-policy"),
      roleName: z.string(),
      policyArn: z.string(),
      before: z.null(),
      after: z.string(),
    }),
    z.strictObject({
      kind: z.literal("detach-policy"),
      roleName: z.string(),
      policyArn: z.string(),
      before: z.string(),
      after: z.null(),
    }),
    z.strictObject({
      kind: z.literal("delete-role"),
      arn: z.string(),
      roleName: z.string(),
      before: z.strictObject({ uniqueId: z.string(), createdAt: z.string() }),
      after: z.null(),
    }),
    z.strictObject({ kind: z.literal("delete-provider"), arn: z.string(), before: audiences, after: z.null() }),
    z.strictObject({
      kind: z.literal("adopt-role"),
      arn: z.string(),
      uniqueId: z.strictObject({ before: z.string().nullable(), after: z.string() }),
      before: roleDocumentSchema,
      after: roleDocumentSchema,
    }),
  ])
  .meta({
    title: "Change",
    description: "One step between what AWS holds and what is wanted, with both sides.",
    examples: [...changeExamples],
  });

export const planSchema = z
  .strictObject({ accountId: z.string(), roleArn: z.string(), changes: z.array(changeSchema) })
  .meta({
    title: "Plan",
    description:
      "What will be done in AWS, in order. It is shown, digested (SHA-256 of its JSON with sorted keys), stored, and carried out as it stands.",
    examples: [planExample],
  });

export const snapshotSchema = z
  .strictObject({
    accountId: z.string(),
    callerArn: z.string().nullable(),
    provider: providerStateSchema.nullable(),
    role: roleStateSchema.nullable(),
    boundary: z.enum(["none", "exists", "missing"]),
    quotas: z.strictObject({
      trustPolicy: z.number(),
      inlinePolicies: z.number(),
      roles: z.number(),
      rolesUsed: z.number(),
      providers: z.number(),
      providersUsed: z.number(),
    }),
    providerUsers: z.array(z.string()).optional(),
    readAt: z.string(),
  })
  .meta({
    title: "Snapshot",
    description:
      "What AWS held when the worker read it. quotas: characters without white space for policies, counts for the rest.",
    examples: [snapshotExample],
  });

const difference = <What extends string, Ours extends z.ZodType, Theirs extends z.ZodType>(
  what: What,
  sides: { ours: Ours; theirs: Theirs },
) => z.strictObject({ what: z.literal(what), sentence: z.string(), ...sides });

const nullableText = z.string().nullable();
const tags = z.record(z.string(), z.string());

export const differenceSchema = z
  .discriminatedUnion("what", [
    difference("role", { ours: z.union([roleDocumentSchema, z.string()]), theirs: nullableText }),
    difference("replaced", { ours: z.string(), theirs: z.string() }),
    difference("provider", { ours: audiences, theirs: audiences.nullable() }),
    difference("trust-policy", { ours: policyDocumentSchema, theirs: policyDocumentSchema }),
    difference("inline-policy", { ours: policyDocumentSchema.nullable(), theirs: policyDocumentSchema.nullable() }),
    difference("attached-policy", { ours: nullableText, theirs: nullableText }),
    difference("boundary", { ours: nullableText, theirs: nullableText }),
    difference("settings", { ours: roleSettings, theirs: roleSettings }),
    difference("tags", { ours: tags, theirs: tags }),
  ])
  .meta({
    title: "Difference",
    description: "One thing in which AWS differs from what was recorded: ours is the record, theirs is AWS.",
    examples: [differenceExample],
  });
