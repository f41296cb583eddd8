import { refVerdictSchema } from "@/lib/admission/admitted-schema";
import { findingSchema } from "@/lib/findings/schema";
import { policyDocumentSchema } from "@/lib/iam/policy-document-schema";
import { apiErrorDataSchema } from "@/lib/identity/contract-base";
import { lintProjectSchema } from "@/lib/judgement/lint-project";
import { comparisonSchema, lintReportSchema, tokenReportSchema, witnessSchema } from "@/lib/judgement/lint-schema";
import { judgementSchema } from "@/lib/judgement/schema";
import { refusalDataSchema } from "@/lib/plan/refusal-schema";
import {
  changeSchema,
  differenceSchema,
  planSchema,
  roleDocumentSchema,
  roleStateSchema,
  snapshotSchema,
} from "@/lib/plan/schema";

/** What the API answers is written in: its description names each of these and explains it once, with examples. */
export const words = {
  PolicyDocument: policyDocumentSchema,
  RefVerdict: refVerdictSchema,
  Finding: findingSchema,
  Judgement: judgementSchema,
  RoleDocument: roleDocumentSchema,
  RoleState: roleStateSchema,
  Change: changeSchema,
  Plan: planSchema,
  Snapshot: snapshotSchema,
  Difference: differenceSchema,
  Refusal: refusalDataSchema,
  ErrorData: apiErrorDataSchema,
  Witness: witnessSchema,
  LintReport: lintReportSchema,
  Comparison: comparisonSchema,
  TokenReport: tokenReportSchema,
};

/** The same as oRPC's generator takes them, and what is asked with: of what is not told there a default is taken. */
export const commonSchemas = {
  ...Object.fromEntries(Object.entries(words).map(([name, schema]) => [name, { schema, strategy: "output" as const }])),
  LintProject: { schema: lintProjectSchema, strategy: "input" as const },
};
