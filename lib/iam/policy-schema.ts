// The form checks a document while it is typed: the whole of zod would weigh more than the form.
import * as z from "zod/mini";
import { parseJson } from "./json";

export interface PolicyStatement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, string | string[]>;
  NotPrincipal?: "*" | Record<string, string | string[]>;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A policy as IAM keeps it; `Statement` is always a list here, also where the JSON had a single one. */
export interface PolicyDocument {
  Version: string;
  Id?: string;
  Statement: PolicyStatement[];
}

export type TrustPolicy = PolicyDocument;

const text = z.union([z.string(), z.array(z.string())]);
const scalar = z.union([z.string(), z.pipe(z.boolean(), z.transform(String)), z.pipe(z.number(), z.transform(String))]);
const principal = z.union([z.literal("*"), z.record(z.string(), text)]);

const statement = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.optional(principal),
  NotPrincipal: z.optional(principal),
  Action: z.optional(text),
  NotAction: z.optional(text),
  Resource: z.optional(text),
  NotResource: z.optional(text),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar)])))),
});

const document = z.strictObject({
  // Without one, IAM reads a policy as the version of 2008.
  Version: z._default(z.enum(["2012-10-17", "2008-10-17"]), "2008-10-17"),
  Id: z.optional(z.string()),
  Statement: z.union([
    z.array(statement).check(z.minLength(1)),
    z.pipe(
      statement,
      z.transform((only) => [only]),
    ),
  ]),
});

/**
 * A policy document from its JSON text. The grammar is IAM's (IAM user guide, "Grammar of the IAM JSON policy
 * language"); elements it does not have are refused, as IAM does.
 */
export function parsePolicy(
  source: string,
): { ok: true; policy: PolicyDocument } | { ok: false; reason: string; line?: number } {
  const json = parseJson(source);
  if (!json.ok) return json;
  const parsed = document.safeParse(json.value);
  if (parsed.success) return { ok: true, policy: parsed.data };
  return { ok: false, reason: sentence(parsed.error.issues[0]) };
}

/** A value that may stand alone, as a list. */
export function listOf(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function sentence(issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return "This is not a policy document.";
  if (issue.code === "unrecognized_keys")
    return `${placeOf(issue.path)} holds ${issue.keys.map((key) => `"${key}"`).join(", ")}, which IAM does not know.`;
  const nested = issue.code === "invalid_union" ? deepest(issue.errors) : undefined;
  if (nested) return sentence({ ...nested, path: [...issue.path, ...nested.path] });
  return `${placeOf(issue.path)} is missing or not what IAM expects there.`;
}

/** Of a union's branches, the complaint that got furthest into the document. */
function deepest(branches: readonly (readonly z.core.$ZodIssue[])[]): z.core.$ZodIssue | undefined {
  return branches.flat().sort((a, b) => b.path.length - a.path.length)[0];
}

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "The document";
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .slice(1);
}
