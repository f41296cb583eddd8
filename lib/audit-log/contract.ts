import { z } from "zod";
import { contractBase as oc } from "@/lib/identity/contract-base";

/** A day in UTC, YYYY-MM-DD. Postgres knows no year 0. */
const day = z.iso.date().refine((value) => !value.startsWith("0000"), "There is no year 0.");

export const auditFilterSchema = z.object({
  /** A person's username. */
  person: z.string().max(255).optional(),
  action: z.string().max(60).optional(),
  project: z.string().max(255).optional(),
  role: z.string().max(64).optional(),
  account: z.string().max(40).optional(),
  /** Both days are included. */
  from: day.optional(),
  to: day.optional(),
  /** Only the entry with this sequence number: its permalink. */
  seq: z.coerce.number().int().positive().optional(),
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const exportFormats = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What is exported: the filters of the list, and how. */
export const exportSchema = auditFilterSchema
  .omit({ cursor: true, limit: true })
  .extend({ format: z.enum(exportFormats) });

/** What was recorded stays as it was written, by whichever version of Trustdesk: `AuditPayload` of lib/audit says what this one writes. */
const recordedValue = z.unknown().meta({
  description:
    "What the action's entry holds of before and after, or null: plans for requests, changes for steps of an apply, documents for recorded roles, roles as AWS holds them for drift, the account for accounts.",
});

export const auditEntrySchema = z.object({
  seq: z.number().int(),
  id: z.string(),
  at: z.string(),
  actor: z.object({ kind: z.enum(["person", "worker", "system"]), name: z.string(), username: z.string().nullable() }),
  action: z.string(),
  sentence: z.string(),
  projectId: z.number().int().nullable(),
  projectPath: z.string().nullable(),
  roleName: z.string().nullable(),
  accountId: z.string().nullable(),
  requestId: z.string().nullable(),
  before: recordedValue,
  after: recordedValue,
  detail: z.string().nullable(),
  /** Hex. */
  hash: z.string(),
  prevHash: z.string(),
});
export type AuditEntryView = z.infer<typeof auditEntrySchema>;

export const auditContract = {
  list: oc
    .route({ method: "GET", path: "/audit", summary: "The audit, newest first" })
    .input(auditFilterSchema)
    .output(z.object({ rows: z.array(auditEntrySchema), nextCursor: z.string().nullable() })),
  verify: oc
    .route({ method: "GET", path: "/audit/verify", summary: "Walk the chain: whole, or where it is broken and how" })
    .output(
      z.object({
        ok: z.boolean(),
        entries: z.number().int(),
        brokenAt: z.number().int().nullable(),
        reason: z.string().nullable(),
        head: z.string().nullable(),
      }),
    ),
};
