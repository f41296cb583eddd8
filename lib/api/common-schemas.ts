import { refVerdictSchema } from "@/lib/admission/admitted-schema";
import { findingSchema } from "@/lib/findings/schema";
import { policyDocumentSchema } from "@/lib/iam/policy-document-schema";
import { apiErrorDataSchema } from "@/lib/identity/contract-base";
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
};

/** The same as oRPC's generator takes them; all of them are answers, none is asked for. */
export const commonSchemas = Object.fromEntries(
  Object.entries(words).map(([name, schema]) => [name, { schema, strategy: "output" as const }]),
);
