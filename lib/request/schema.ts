import { z } from "zod";
import { rowIdSchema } from "@/lib/ids";
import { roleDraftSchema } from "@/lib/role-form/schema";
import { unjudged } from "./model";

const planDigestSchema = z.string().length(64);
/** Of what was said of the plan on screen: findings and grade. Nothing is sent or approved whose meaning nobody was told. */
const judgementDigestSchema = z.string({ error: unjudged }).length(64, { error: unjudged });

/**
 * What the form sends: the draft, and the digests of the plan and of what was said of it on screen. `edit` names the role that is
 * changed and the version that was shown; `replaces` the request that this one takes the place of.
 */
export const submitSchema = z.object({
  draft: roleDraftSchema,
  planDigest: planDigestSchema,
  judgementDigest: judgementDigestSchema,
  edit: z.object({ roleId: rowIdSchema, baseVersion: z.number().int() }).optional(),
  replaces: rowIdSchema.optional(),
});

const justification = z.string().max(4000).default("");

/** What is asked for without a form: about a recorded role, or about a request that failed. */
export const changeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("remove"),
    roleId: rowIdSchema,
    removeProvider: z.boolean().default(false),
    justification,
  }),
  z.object({ kind: z.literal("restore"), roleId: rowIdSchema, justification }),
  z.object({ kind: z.literal("adopt"), roleId: rowIdSchema, justification }),
  z.object({ kind: z.literal("retry"), requestId: rowIdSchema, justification }),
  z.object({ kind: z.literal("undo"), requestId: rowIdSchema, justification }),
]);
export type RoleChange = z.infer<typeof changeSchema>;

export const submitChangeSchema = z.object({
  change: changeSchema,
  planDigest: planDigestSchema,
  judgementDigest: judgementDigestSchema,
});
export const previewChangeSchema = z.object({ change: changeSchema, refresh: z.boolean().default(false) });

export const approveSchema = z.object({
  id: rowIdSchema,
  planDigest: planDigestSchema,
  judgementDigest: judgementDigestSchema,
  reason: z.string().max(4000).default(""),
});
export const rejectSchema = z.object({ id: rowIdSchema, reason: z.string().max(4000) });
