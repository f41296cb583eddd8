import type { Clause, Comparison } from "./clause";
import { clausesOf } from "./clauses";
import type { NamedOperator } from "./operators/table";
import { operatorNamed } from "./operators/table";
import type { PolicyStatement } from "./policy-schema";
import { listOf } from "./policy-schema";
import type { Truth } from "./truth";
import { allOf, anyOf, not } from "./truth";
import { isIn } from "./value-set";

/** How one key of a condition came out. */
export interface ConditionResult {
  key: string;
  operator: string;
  expected: string[];
  presented: string | string[] | null;
  /** Null: undecided. */
  ok: boolean | null;
  why: string;
}

/** What a call has of a key: its value, that it is missing, or that this is not known, though it may be there for certain. */
export type KeyValue =
  | { is: "present"; value: string | string[] }
  | { is: "absent" /** Why, in a sentence, where that is known. */; because?: string }
  | { is: "unknown"; present: boolean; why: string };

/** The condition keys of a call. */
export interface ConditionContext {
  /** Of a key in lower case; `written` is how the document spells it, for words. */
  of: (key: string, written: string) => KeyValue;
}

/** All keys of a statement's condition: every one must match; the values of one are alternatives. */
export function evaluateConditions(
  statement: PolicyStatement,
  context: ConditionContext,
  version: string,
): ConditionResult[] {
  return clausesIn(statement, version, context).map((clause) => {
    const { operator, key, values } = clause.written;
    const found = context.of(clause.key, key);
    const presented = found.is === "present" ? found.value : null;
    return { key, operator, expected: [...values], presented, ...outcomeOf(clause, found) };
  });
}

const kept = new WeakMap<PolicyStatement, { version: string; clauses: readonly Clause[] }>();

/** A statement is read once for all calls, unless a variable makes it another with each. */
function clausesIn(statement: PolicyStatement, version: string, context: ConditionContext): readonly Clause[] {
  const known = kept.get(statement);
  if (known?.version === version) return known.clauses;
  let varies = false;
  const clauses = clausesOf(statement, version, (key) => {
    varies = true;
    return variableValue(context, key);
  });
  if (!varies) kept.set(statement, { version, clauses });
  return clauses;
}

/** What a policy variable's key holds; a key with several values cannot be a variable (IAM user guide, multivalued keys). */
export function variableValue(context: ConditionContext, key: string): { text: string } | "absent" | null {
  const found = context.of(key.toLowerCase(), key);
  if (found.is !== "present") return found.is === "absent" ? "absent" : null;
  const [value, ...more] = listOf(found.value);
  return value === undefined || more.length > 0 ? null : { text: value };
}

interface Outcome {
  ok: Truth;
  why: string;
}

/** How a clause comes out for what a call has of its key. */
export function outcomeOf(clause: Clause, found: KeyValue): Outcome {
  if (clause.kind === "untold") return { ok: null, why: clause.because };
  if (clause.kind === "presence") return presence(clause.present, clause.written.key, found);
  if (found.is === "unknown") return { ok: null, why: found.why };
  const named = operatorNamed(clause.written.operator);
  const given = found.is === "present" ? listOf(found.value) : [];
  // An empty text is no value to a set operator (IAM user guide, reference_policies_multi-value-conditions, its note).
  const counted = clause.set === null ? given : given.filter((value) => value !== "");
  if (counted.length === 0) return missing(clause, named, found);
  if (counted.length > 1 && clause.set === null)
    return { ok: null, why: `${clause.written.key} has several values and ${clause.written.operator} is for one.` };
  const each = counted.map((value) => matches(clause, value));
  const ok = clause.set === "ForAllValues" ? allOf(each) : anyOf(each);
  const doubt = doubtOf(clause, named, counted);
  if (ok === null || (ok && clause.values.some(isUnresolved))) return { ok: null, why: doubt };
  return { ok, why: !ok && clause.values.every(isUnresolved) ? doubt : words(clause, named, counted, ok) };
}

function presence(wanted: boolean, key: string, found: KeyValue): Outcome {
  if (found.is === "unknown" && !found.present) return { ok: null, why: found.why };
  const present = found.is === "unknown" || (found.is === "present" && listOf(found.value).length > 0);
  return { ok: present === wanted, why: present ? `The token has ${key}.` : `The token has no ${key}.` };
}

function matches(clause: Comparison, value: string): Truth {
  const inSome = anyOf(clause.values.map((set) => isIn(set, value)));
  return clause.negated ? not(inSome) : inSome;
}

function isUnresolved(set: Comparison["values"][number]): boolean {
  return set.kind === "untold" && set.unresolved === true;
}

/** What leaves a comparison open, in a sentence. */
function doubtOf({ values, written }: Comparison, named: NamedOperator | null, given: readonly string[]): string {
  const untold = values.find((set) => set.kind === "untold");
  if (untold?.kind === "untold") return untold.because;
  const operator = named?.kind === "compare" ? named.operator.name : written.operator;
  return `What ${operator} makes of ${quoted(given)}, AWS's pages do not say.`;
}

/** What a missing key means depends on the operator's negation, on its set and on IfExists. */
function missing({ whenAbsent, set, written }: Comparison, named: NamedOperator | null, found: KeyValue): Outcome {
  const isThere = found.is === "present" && listOf(found.value).length > 0;
  const why = !isThere ? `There is no ${written.key}` : `${written.key} is empty`;
  if (whenAbsent === null)
    return { ok: null, why: `${why}, and AWS's pages do not say what ${written.operator} makes of that.` };
  const because = found.is === "absent" ? found.because : undefined;
  if (!whenAbsent) return { ok: false, why: because === undefined ? `${why}.` : `${why}: ${because}` };
  if (set === "ForAllValues" && named?.kind === "compare")
    return { ok: true, why: `${why}, and ${named.ifExists ? "IfExists" : "ForAllValues"} lets that pass.` };
  if (named?.kind === "compare" && named.ifExists) return { ok: true, why: `${why}, and IfExists lets that pass.` };
  return { ok: true, why: `${why}, and so it is none of the values.` };
}

function words(clause: Comparison, named: NamedOperator | null, given: readonly string[], ok: boolean): string {
  const { key, values } = clause.written;
  const is = `${key} is ${quoted(given)}`;
  if (ok !== clause.negated) {
    if (!clause.negated) return `${is}.`;
    return `${is}, which the statement excludes.`;
  }
  const relation = named?.kind === "compare" ? named.operator.relation : "";
  if (values.length === 1) return `${is}, which is not ${relation}${quoted(values)}.`;
  return `${is}, which is ${relation === "" ? "none of" : `${relation}none of`} the values.`;
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(", ");
}
