import { nullMatches } from "./operators/null";
import type { NamedOperator } from "./operators/table";
import { operatorNamed } from "./operators/table";
import type { PolicyStatement } from "./policy-schema";
import { listOf } from "./policy-schema";
import { readValue } from "./policy-value";

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

/** The condition keys of a request. Names are compared without case. */
export interface ConditionContext {
  values: Record<string, string | string[]>;
  /** Whether the key (in lower case) may have a value that is not known here; such a key is undecided, not missing. */
  unknown: (key: string) => boolean;
}

/** All keys of a statement's condition: every one must match; the values of one are alternatives. */
export function evaluateConditions(
  condition: PolicyStatement["Condition"],
  context: ConditionContext,
  version: string,
): ConditionResult[] {
  return Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const expected = listOf(values);
      const presented = valueOf(context, key);
      return { key, operator, expected, presented, ...outcome(operator, key, expected, presented, context, version) };
    }),
  );
}

interface Outcome {
  ok: boolean | null;
  why: string;
}

function outcome(
  name: string,
  key: string,
  expected: string[],
  presented: string | string[] | null,
  context: ConditionContext,
  version: string,
): Outcome {
  const operator = operatorNamed(name);
  if (!operator) return { ok: null, why: `Trustdesk does not evaluate ${name}.` };
  if (presented === null && context.unknown(key.toLowerCase()))
    return { ok: null, why: `What ${key} will be is not known here.` };
  if (operator.kind === "null") return presence(key, expected, presented !== null);
  const given = presented === null ? [] : listOf(presented);
  if (given.length === 0) return missing(operator, key);
  if (given.length > 1 && operator.set === null)
    return { ok: null, why: `${key} has several values and ${name} is for one.` };
  const read = expected.map((value) => readValue(value, version));
  const patterns = read.flatMap((value) => (value.ok ? [value.pieces] : []));
  const matching = (value: string) => patterns.some((pieces) => operator.operator.matches(pieces, value));
  const ok = operator.set === "ForAllValues" ? given.every(matching) : given.some(matching);
  if (ok) return { ok, why: `${key} is ${quoted(given)}.` };
  const variable = read.find((value) => !value.ok);
  if (variable) return { ok: null, why: `What ${variable.variable} stands for is not known here.` };
  return {
    ok,
    why: `${key} is ${quoted(given)}, which ${expected.length === 1 ? `is not ${quoted(expected)}` : "is none of the values"}.`,
  };
}

function presence(key: string, expected: string[], present: boolean): Outcome {
  const ok = nullMatches(expected, present);
  if (ok === null) return { ok, why: "Null takes true or false." };
  return { ok, why: present ? `The token has ${key}.` : `The token has no ${key}.` };
}

/** A missing key fails, but for IfExists and for ForAllValues, which holds of nothing. */
function missing({ set, ifExists }: Extract<NamedOperator, { kind: "compare" }>, key: string): Outcome {
  const why = `There is no ${key}`;
  if (ifExists) return { ok: true, why: `${why}, and IfExists lets that pass.` };
  if (set === "ForAllValues") return { ok: true, why: `${why}, and ForAllValues lets that pass.` };
  return { ok: false, why: `${why}.` };
}

function valueOf({ values }: ConditionContext, key: string): string | string[] | null {
  const found = Object.entries(values).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found ? found[1] : null;
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(", ");
}
