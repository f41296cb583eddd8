import { actionCovers } from "@/lib/iam/action";
import type { Clause } from "@/lib/iam/clause";
import type { VariableValue } from "@/lib/iam/clauses";
import { clausesOf } from "@/lib/iam/clauses";
import { canonicalJson } from "@/lib/iam/json";
import type { PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";
import { principalCovers } from "@/lib/iam/principal";
import { nothing, onlyText } from "@/lib/language/pattern";
import type { Assumption, Conjunction } from "./literal";
import { waysToFail, waysToHold } from "./literal";
import type { Slice } from "./slice";
import type { Goal } from "./solve";

/** What one statement asks of the calls of a slice. */
export interface Box {
  /** Its place among the statements, from 0. */
  index: number;
  clauses: readonly Clause[];
  /** How each clause can hold, in their order. */
  ways: readonly Goal[];
  /** All of them must be met for the statement to apply. */
  holds: readonly Goal[];
  /** Any of these, and it does not apply. */
  fails: Goal;
}

/** A trust policy as a set of calls of one slice: in one of `allows`, in none of `denies`. */
export interface Admission {
  allows: readonly Box[];
  denies: readonly Box[];
}

/** The set of a trust policy in one slice. Statements that are not about the slice are not in it. */
export function admissionOf(policy: TrustPolicy, slice: Slice): Admission {
  const boxes = policy.Statement.flatMap((statement, index) => {
    const box = boxOf(statement, index, policy.Version, slice);
    return box ? [{ effect: statement.Effect, box }] : [];
  });
  const those = (effect: PolicyStatement["Effect"]) =>
    boxes.filter((one) => one.effect === effect).map(({ box }) => box);
  return { allows: those("Allow"), denies: those("Deny") };
}

function boxOf(statement: PolicyStatement, index: number, version: string, slice: Slice): Box | null {
  const covers = [
    { is: actionCovers(statement, slice.action), part: "Action" as const },
    { is: principalCovers(statement, slice.caller), part: "Principal" as const },
    {
      is: statement.Resource === undefined && statement.NotResource === undefined ? true : null,
      part: "Resource" as const,
    },
  ];
  if (covers.some(({ is }) => is === false)) return null;
  const clauses = clausesOf(statement, version, (key) => broughtBy(key, slice)).map((clause) => told(clause, slice));
  const both = clauses.map(waysOf);
  const ways = both.map(({ hold }) => hold);
  const doubts = covers.flatMap(({ is, part }) => (is === null ? [doubtIn(statement, part, slice)] : []));
  return {
    index,
    clauses,
    ways,
    holds: [...doubts.map((doubt): Goal => [[{ ...doubt, is: true }]]), ...ways],
    fails: [...doubts.map((doubt): Conjunction => [{ ...doubt, is: false }]), ...both.flatMap(({ fail }) => fail)],
  };
}

/** A statement that asks for one clause alone. */
export function boxOfClause(clause: Clause): Box {
  const { hold, fail } = waysOf(clause);
  return { index: 0, clauses: [clause], ways: [hold], holds: [hold], fails: fail };
}

const keptWays = new WeakMap<Clause, { hold: Goal; fail: Goal }>();

/** How the clause can hold and fail; made once, so that equal literals are the same ones. */
function waysOf(clause: Clause): { hold: Goal; fail: Goal } {
  const before = keptWays.get(clause);
  if (before) return before;
  const made = { hold: waysToHold(clause), fail: waysToFail(clause) };
  keptWays.set(clause, made);
  return made;
}

/** What a policy variable stands for in all calls of the slice. A relation to the subject stays one: no session name is one. */
function broughtBy(key: string, slice: Slice): ReturnType<VariableValue> {
  const name = slice.sameAs(key.toLowerCase());
  const domain = slice.domainOf(name);
  if (!domain) return null;
  if (name.endsWith(":sub")) return "there";
  if (domain.mayLack)
    return domain.values.some(({ pattern, inside }) => inside && pattern === nothing) ? "absent" : null;
  const [only, ...others] = domain.values.flatMap(({ pattern }) => onlyText(pattern) ?? []);
  return only !== undefined && others.length === 0 && domain.values.length === 1 ? { text: only } : "there";
}

const keptTold = new WeakMap<Clause, Map<string | null, Clause>>();

/** A clause on a key of which no page of AWS says what it is in such a call cannot be told. */
function told(clause: Clause, slice: Slice): Clause {
  const key = slice.sameAs(clause.key);
  const isTold = slice.domainOf(key) !== null;
  if (isTold && key === clause.key) return clause;
  const others = keptTold.get(clause) ?? new Map<string | null, Clause>();
  keptTold.set(clause, others);
  const name = isTold ? key : null;
  const { written } = clause;
  const because = `What ${written.key} says in such a call is not documented.`;
  const made = others.get(name) ?? (isTold ? { ...clause, key } : { kind: "untold", key, written, because });
  others.set(name, made);
  return made;
}

function doubtIn(
  statement: PolicyStatement,
  part: "Action" | "Principal" | "Resource",
  slice: Slice,
): Omit<Assumption, "is"> {
  const { Principal, NotPrincipal, Action, NotAction } = statement;
  const asked = part === "Action" ? { Action, NotAction } : { Principal, NotPrincipal };
  const name = part === "Resource" ? part : canonicalJson(asked);
  return {
    atom: `${part} ${name} covers ${slice.action} by ${canonicalJson(slice.caller)}`,
    name:
      part === "Resource"
        ? part
        : (Object.keys(asked).find((element) => statement[element as "Action"] !== undefined) ?? part),
    because: `Whether its ${part} covers the call is not documented.`,
  };
}
