import { z } from "zod";
import { canonicalJson, parseJson } from "./json";

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

/** A policy as it is read and judged: `Statement` is a list, and every value is text. `readPolicy` makes it. */
export interface PolicyDocument {
  Version: string;
  Id?: string;
  Statement: PolicyStatement[];
}

export type TrustPolicy = PolicyDocument;

type RawValue = string | boolean | number;

/** A statement as it was written: a condition's value may be a boolean or a number. */
export type RawStatement = Omit<PolicyStatement, "Condition"> & {
  Condition?: Record<string, Record<string, RawValue | RawValue[]>>;
};

/**
 * A policy as it was written, which is how AWS keeps and answers it: scalars, lists, booleans, numbers and the order of
 * members stay. It is what is stored and sent; what judges it takes a PolicyDocument.
 */
export interface RawPolicy {
  Version?: string;
  Id?: string;
  Statement: RawStatement | RawStatement[];
}

const text = z.union([z.string(), z.array(z.string())]);
const scalar = z.union([z.string(), z.boolean(), z.number()]);
const principal = z.union([z.literal("*"), z.record(z.string(), text)]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: text.optional(),
  NotAction: text.optional(),
  Resource: text.optional(),
  NotResource: text.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar)]))).optional(),
});

/** IAM's grammar of a policy, as it may be written. */
export const rawPolicySchema = z.strictObject({
  // Without one, IAM reads a policy as the version of 2008.
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z.union([z.array(statement).min(1), statement]),
});

/**
 * A policy document from its JSON text. The grammar is IAM's (IAM user guide, "Grammar of the IAM JSON policy
 * language"); elements it does not have are refused, as IAM does.
 */
export function parsePolicy(
  source: string,
): { ok: true; policy: PolicyDocument } | { ok: false; reason: string; line?: number } {
  const parsed = parseRawPolicy(source);
  return parsed.ok ? { ok: true, policy: readPolicy(parsed.policy) } : parsed;
}

/** The same, with the document as it was written. */
export function parseRawPolicy(
  source: string,
): { ok: true; policy: RawPolicy } | { ok: false; reason: string; line?: number } {
  const json = parseJson(source);
  if (!json.ok) return json;
  if (isRawPolicy(json.value)) return { ok: true, policy: json.value };
  return { ok: false, reason: sentence(rawPolicySchema.safeParse(json.value).error?.issues[0]) };
}

/** Whether a value is a policy, by IAM's grammar. */
export function isRawPolicy(value: unknown): value is RawPolicy {
  return rawPolicySchema.safeParse(value).success;
}

/** A policy as it is judged: a single statement is a list of one, booleans and numbers are text, no version is that of 2008. */
export function readPolicy({ Version = "2008-10-17", Id, Statement }: RawPolicy): PolicyDocument {
  return {
    Version,
    ...(Id === undefined ? {} : { Id }),
    Statement: statementsOf({ Statement }).map(({ Condition, ...statement }) =>
      Condition === undefined ? statement : { ...statement, Condition: mapConditions(Condition, asText) },
    ),
  };
}

/** The statements of a policy, in their order. */
export function statementsOf({ Statement }: Pick<RawPolicy, "Statement">): RawStatement[] {
  return Array.isArray(Statement) ? Statement : [Statement];
}

/** Whether two policies say the same: they may differ in scalar or list of one, in boolean or text, and in the order of members. */
export function samePolicy(left: RawPolicy, right: RawPolicy): boolean {
  return canonicalJson(comparable(left)) === canonicalJson(comparable(right));
}

/** A policy in the one shape in which those that say the same are equal. */
export function comparable(policy: RawPolicy): unknown {
  const { Statement, ...rest } = readPolicy(policy);
  return {
    ...rest,
    Statement: Statement.map(({ Principal, NotPrincipal, Condition, ...statement }) => ({
      ...statement,
      Principal: principalsOf(Principal),
      NotPrincipal: principalsOf(NotPrincipal),
      Action: statement.Action && listOf(statement.Action),
      NotAction: statement.NotAction && listOf(statement.NotAction),
      Resource: statement.Resource && listOf(statement.Resource),
      NotResource: statement.NotResource && listOf(statement.NotResource),
      Condition: Condition && mapConditions(Condition, listOf),
    })),
  };
}

function principalsOf(principal: PolicyStatement["Principal"]): unknown {
  if (typeof principal !== "object") return principal;
  return Object.fromEntries(Object.entries(principal).map(([kind, values]) => [kind, listOf(values)]));
}

function mapConditions<From, To>(
  condition: Record<string, Record<string, From>>,
  map: (values: From) => To,
): Record<string, Record<string, To>> {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, map(values)])),
    ]),
  );
}

function asText(values: RawValue | RawValue[]): string | string[] {
  return Array.isArray(values) ? values.map(String) : String(values);
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
