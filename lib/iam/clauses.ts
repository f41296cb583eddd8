import { everything } from "@/lib/language/pattern";
import type { Clause, ValueSet } from "./clause";
import type { ConditionOperator } from "./operators/operator";
import type { NamedOperator } from "./operators/table";
import { operatorNamed } from "./operators/table";
import type { PolicyStatement } from "./policy-schema";
import { listOf } from "./policy-schema";
import type { Piece } from "./policy-value";
import { isVariable, piecesOf } from "./policy-value";

/** What a policy variable's key holds in a call: its one value, that it is absent or there, or null where that is not known. */
export type VariableValue = (key: string) => { text: string } | "absent" | "there" | null;

/**
 * What a statement's condition asks, one clause for each operator and key, in the document's order; all must hold.
 * Without `valueOf` a relation between two keys is an untold value, equal where it is written the same. Source: IAM user
 * guide, reference_policies_elements_condition_operators and reference_policies_condition-single-vs-multi-valued-context-keys.
 */
export function clausesOf(
  { Condition }: Pick<PolicyStatement, "Condition">,
  version: string,
  valueOf: VariableValue = () => null,
): readonly Clause[] {
  if (!Condition) return [];
  const before = kept.get(Condition);
  if (before?.version === version) return before.clauses;
  let isOfCall = false;
  const clauses = Object.entries(Condition).flatMap(([name, keys]) => {
    const operator = operatorNamed(name);
    return Object.entries(keys).map(([key, values]) =>
      clauseOf(operator, { operator: name, key, values: listOf(values) }, version, (variable) => {
        isOfCall = true;
        return valueOf(variable);
      }),
    );
  });
  if (!isOfCall) kept.set(Condition, { version, clauses });
  return clauses;
}

/** Kept with the condition: the same clauses have the same patterns, whose automata are kept with them. */
const kept = new WeakMap<NonNullable<PolicyStatement["Condition"]>, { version: string; clauses: readonly Clause[] }>();

function clauseOf(
  named: NamedOperator | null,
  written: Clause["written"],
  version: string,
  valueOf: VariableValue,
): Clause {
  const asked = { key: written.key.toLowerCase(), written };
  const untold = (because: string): Clause => ({ kind: "untold", ...asked, because });
  if (!named) return untold(`Trustdesk does not evaluate ${written.operator}.`);
  if (written.values.length === 0) return untold("What an empty list of values means, AWS's pages do not say.");
  if (named.kind === "null") return presence(asked) ?? untold("Null takes true or false.");
  const { operator, set, ifExists } = named;
  if (operator.family === "binary" && isProviderKey(asked.key))
    return untold(`${written.key} is text, and what ${written.operator} makes of text, AWS's pages do not say.`);
  return {
    kind: "comparison",
    ...asked,
    values: written.values.map((value) => valueSet(operator, value, version, valueOf)),
    negated: operator.negated,
    set,
    whenAbsent: whenAbsent(operator.negated, set, ifExists),
  };
}

/** A provider's keys have its host before the colon, and are text (service authorization reference, AWS STS). */
function isProviderKey(key: string): boolean {
  return /^[^:]*\.[^:]*:/.test(key) && !/^(aws|sts|iam|saml):/.test(key);
}

/** A set operator decides what an absent key means, negated or not; beside ForAnyValue, IfExists says the opposite. */
function whenAbsent(negated: boolean, set: "ForAnyValue" | "ForAllValues" | null, ifExists: boolean): boolean | null {
  if (set === "ForAllValues") return true;
  if (set === "ForAnyValue") return ifExists ? null : false;
  return ifExists || negated;
}

/** `Null` is true where the key is absent; both values at once hold for every call. */
function presence(asked: Pick<Clause, "key" | "written">): Clause | null {
  const wanted = asked.written.values.map((value) => value.toLowerCase());
  if (!wanted.every((value) => value === "true" || value === "false")) return null;
  const [first] = wanted;
  if (wanted.every((value) => value === first)) return { kind: "presence", ...asked, present: first === "false" };
  const values: ValueSet[] = [{ kind: "texts", pattern: everything }];
  return { kind: "comparison", ...asked, values, negated: false, set: "ForAllValues", whenAbsent: true };
}

function valueSet(operator: ConditionOperator, value: string, version: string, valueOf: VariableValue): ValueSet {
  const pieces: Piece[] = [];
  let unresolved: ValueSet | null = null;
  for (const piece of piecesOf(value, operator.variables ? version : "")) {
    if (!isVariable(piece)) {
      pieces.push(piece);
      continue;
    }
    const found = piece.key === null ? null : valueOf(piece.key);
    const atom = `${operator.name.replace("Not", "")} ${value}`;
    if (found === null || found === "there") {
      const because = `What ${piece.written} stands for is not known here.`;
      const mayLack = found === null && piece.fallback === null;
      return { kind: "untold", atom, because, ...(mayLack ? { unresolved: "perhaps" } : {}) };
    }
    const brought = found === "absent" ? piece.fallback : found.text;
    if (brought === null)
      unresolved = {
        kind: "untold",
        atom,
        because: `There is nothing for ${piece.written} to stand for.`,
        unresolved: true,
      };
    else pieces.push({ text: brought, brought: true });
  }
  const set = unresolved ?? operator.setOf(pieces);
  // Two operators that cannot read a value need not make the same of it.
  return set.kind === "untold" && !unresolved ? { ...set, atom: `${operator.name} ${value}` } : set;
}
