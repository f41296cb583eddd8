import { parseJson } from "./json";
import { departureFromGrammar } from "./policy-grammar";

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

type Scalar = string | boolean | number;

/** A policy as it may be written. */
interface WrittenPolicy {
  Version?: string;
  Id?: string;
  Statement: WrittenStatement | WrittenStatement[];
}

type WrittenStatement = Omit<PolicyStatement, "Condition"> & {
  Condition?: Record<string, Record<string, Scalar | Scalar[]>>;
};

/**
 * A policy document from its JSON text. The grammar is IAM's (IAM user guide, "Grammar of the IAM JSON policy
 * language"); elements it does not have are refused, as IAM does.
 */
export function parsePolicy(
  source: string,
): { ok: true; policy: PolicyDocument } | { ok: false; reason: string; line?: number } {
  const json = parseJson(source);
  if (!json.ok) return json;
  const departure = departureFromGrammar(json.value);
  return departure === null
    ? { ok: true, policy: normalised(json.value as WrittenPolicy) }
    : { ok: false, reason: departure };
}

/** One statement as a list of one, booleans and numbers as text. Without a version, IAM reads a policy as that of 2008. */
function normalised({ Version = "2008-10-17", Id, Statement }: WrittenPolicy): PolicyDocument {
  return {
    Version,
    ...(Id === undefined ? {} : { Id }),
    Statement: (Array.isArray(Statement) ? Statement : [Statement]).map(({ Condition, ...statement }) =>
      Condition === undefined ? statement : { ...statement, Condition: inText(Condition) },
    ),
  };
}

function inText(condition: NonNullable<WrittenStatement["Condition"]>): PolicyStatement["Condition"] {
  const text = (value: Scalar | Scalar[]) => (Array.isArray(value) ? value.map(String) : String(value));
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, text(value)])),
    ]),
  );
}

/** A value that may stand alone, as a list. */
export function listOf(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
