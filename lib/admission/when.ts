import type { Clause } from "@/lib/iam/clause";
import type { Box } from "./box";
import type { Assumption } from "./literal";
import type { Meeting } from "./meet";
import type { Slice } from "./slice";

/** One circumstance that decides whether a call gets in. */
export type When =
  /** `denies`: it stands in a Deny, and must not hold. */
  | { kind: "clause"; operator: string; key: string; values: readonly string[]; denies?: true }
  | { kind: "doubt"; name: string; because: string }
  | { kind: "budget" };

/** A clause as a circumstance, by what it asks. */
export function whenOf(clause: Clause): When {
  if (clause.kind === "untold") {
    const { operator, key } = clause.written;
    return { kind: "doubt", name: `${operator} on ${key}`, because: clause.because };
  }
  return { kind: "clause", ...clause.written };
}

/** What was taken for so without being known, as a circumstance. */
export function doubtOf({ name, because }: Assumption): When {
  return { kind: "doubt", name, because };
}

/** Each circumstance once. */
export function distinct(all: readonly When[]): When[] {
  const texts = all.map((one) => JSON.stringify(one));
  return all.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
}

/**
 * What has to be so besides what the caller's token says and the caller chooses, for a call to be let in by a statement:
 * the clauses of the statement on circumstances, and what was taken for so without being known.
 */
export function circumstancesOf(slice: Slice, { by, point }: Meeting, denies: readonly Box[] = []): When[] {
  const those = ({ clauses }: Pick<Box, "clauses">) =>
    clauses.filter((clause) => clause.kind !== "untold" && isCircumstance(slice, clause.key)).map(whenOf);
  return distinct([...(by ? those(by) : []), ...denies.flatMap(those).map(denied), ...point.assumed.map(doubtOf)]);
}

/** The same of a Deny: it must not hold. */
export function denied(when: When): When {
  return when.kind === "clause" ? { ...when, denies: true } : when;
}

/** A key with any value, which the caller does not choose. */
export function isCircumstance(slice: Slice, key: string): boolean {
  const domain = slice.domainOf(key);
  return domain !== null && !domain.chosen && domain.values.length === 0;
}

/** The circumstances as a sentence part: "the call comes from 203.0.113.0/24 and …"; null where there are none. */
export function whenWords(all: readonly When[]): string | null {
  return all.length === 0 ? null : all.map(wordsOf).join(", and ");
}

function wordsOf(when: When): string {
  switch (when.kind) {
    case "budget":
      return "the policy is too large to be told";
    case "doubt":
      return `${when.name} holds, which cannot be told: ${when.because.replace(/\.$/, "")}`;
    case "clause":
      return when.denies ? `it is not so that ${clauseWords(when)}` : clauseWords(when);
  }
}

function clauseWords({ operator, key, values }: Extract<When, { kind: "clause" }>): string {
  const base = operator.replace(/^For(AnyValue|AllValues):/, "").replace(/IfExists$/, "");
  const orAbsent = operator.endsWith("IfExists") ? ", or is not there" : "";
  const listed = values.join(" or ");
  if (base === "Null") return /true/i.test(listed) ? `there is no ${key}` : `there is a ${key}`;
  const isNot = /Not/.test(base);
  if (/IpAddress$/.test(base) && key.toLowerCase() === "aws:sourceip")
    return `the call ${isNot ? "does not come" : "comes"} from ${listed}${orAbsent}`;
  return `${key} ${verbOf(base, isNot)} ${listed}${orAbsent}`;
}

function verbOf(operator: string, isNot: boolean): string {
  const order = /^(?:Numeric|Date)(Less|Greater)Than(Equals)?$/.exec(operator);
  if (order) {
    const [, way, equals] = order;
    const isDate = operator.startsWith("Date");
    const word = way === "Less" ? (isDate ? "before" : "less than") : isDate ? "after" : "more than";
    return `is ${word}${equals ? " or equal to" : ""}`;
  }
  if (/Like$/.test(operator)) return isNot ? "is not like" : "is like";
  return isNot ? "is not" : "is";
}
