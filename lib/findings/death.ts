import { subjectComponents } from "@/lib/gitlab-ci/claims";
import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { Clause, Comparison } from "@/lib/iam/clause";
import { keyKnowledge } from "@/lib/iam/keys";
import { folded } from "@/lib/language/fold";
import { example } from "@/lib/language/search";
import type { FindingInput } from "./kind";
import type { Place } from "./place";
import { placeOf } from "./place";

/** Why no token ever meets a part of a trust. */
export type DeathCause =
  | "unknown-key"
  | "foreign-key"
  | "aws-key-absent"
  | "audience-not-registered"
  | "wildcard-in-string-equals"
  | "refs-heads"
  | "subject-without-lead"
  | "unknown-component"
  | "letter-case"
  | "other-components"
  | "only-at-another-time"
  | "dead-value";

/** A part of a trust that no token meets. */
export interface Death {
  cause: DeathCause;
  place: Place;
  /** As it is written: a key, or a value of one. */
  written: { operator: string; key: string; value: string };
}

/** Every part of the trust that no token meets, with its one cause. */
export function deathsOf(input: FindingInput): Death[] {
  return input.lives.flatMap(({ statement, dead, deadValues }) => [
    ...dead.flatMap((clause) => deathsIn(input, statement, clause, null)),
    ...deadValues.flatMap(({ clause, values }) => deathsIn(input, statement, clause, values)),
  ]);
}

/** The cause in words, as a sentence. */
export function reasonOf({ cause, written: { key, value, operator } }: Death): string {
  switch (cause) {
    case "unknown-key":
      return `AWS has no key ${key}, so the condition never holds.`;
    case "foreign-key":
      return `${key} belongs to another issuer, and this GitLab's tokens never have it.`;
    case "aws-key-absent":
      return `A pipeline's call never has ${key}.`;
    case "audience-not-registered":
      return `The account's OIDC provider does not accept the audience "${value}".`;
    case "wildcard-in-string-equals":
      return `"${value}" stands under ${operator}, where * and ? are ordinary characters.`;
    case "refs-heads":
      return `"${value}" names a full git ref; GitLab's subjects hold the short name, without refs/heads/ or refs/tags/.`;
    case "subject-without-lead":
      return `"${value}" does not begin with project_path: or project_id:, as every subject of GitLab does.`;
    case "unknown-component":
      return `"${value}" has a part that no subject of GitLab has.`;
    case "letter-case":
      return `"${value}" differs from what GitLab writes in letter case alone, and case counts.`;
    case "other-components":
      return `"${value}" is not how this project's tokens name their subject.`;
    case "only-at-another-time":
      return `It is past, or not yet, the time that ${operator} on ${key} asks for (${value}).`;
    case "dead-value":
      if (operator === "Null") return /true/i.test(value) ? `Every token has ${key}.` : `No token has ${key}.`;
      return value === "" ? `No token meets the condition on ${key}.` : `No token has "${value}" as ${key}.`;
  }
}

function deathsIn(input: FindingInput, statement: number, clause: Clause, values: readonly number[] | null): Death[] {
  const { operator, key, values: written } = clause.written;
  const one = (cause: DeathCause, at?: number): Death => ({
    cause,
    place: placeOf(statement, clause, at),
    written: { operator, key, value: (at === undefined ? written[0] : written[at]) ?? "" },
  });
  const ofKey = values === null ? causeOfKey(clause.key, input) : null;
  if (ofKey) return [one(ofKey)];
  if (/^aws:(currenttime|epochtime)$/.test(clause.key)) return [one("only-at-another-time")];
  if (clause.kind !== "comparison" || clause.negated) return [one("dead-value")];
  const places = values ?? written.map((_, at) => at);
  return places.map((at) => one(causeOfValue(input, clause, at), at));
}

/** Of a key that no token has, by whose it is. */
function causeOfKey(key: string, { survey }: FindingInput): DeathCause | null {
  const { issuer } = survey.provider;
  if (keyKnowledge(key, issuer)?.is !== "absent") return null;
  const prefix = `${providerUrlPath(issuer)}:`.toLowerCase();
  if (key.startsWith(prefix)) return "unknown-key";
  return /^[^:]*[./]/.test(key) ? "foreign-key" : "aws-key-absent";
}

function causeOfValue(input: FindingInput, clause: Comparison, at: number): DeathCause {
  const { provider, project } = input.survey;
  const prefix = `${providerUrlPath(provider.issuer)}:`.toLowerCase();
  const value = clause.written.values[at] ?? "";
  // A policy variable that stands for nothing, whatever the value looks like.
  if (clause.values[at]?.kind === "untold") return "dead-value";
  if (clause.key === `${prefix}aud` && provider.audiences) return "audience-not-registered";
  if (clause.key !== `${prefix}sub`) return differsInCase(input, clause, at) ? "letter-case" : "dead-value";
  if (isLiteral(clause.written.operator) && /[*?]/.test(value)) return "wildcard-in-string-equals";
  const isOtherCase = differsInCase(input, clause, at);
  if (!isOtherCase && !/^(project_path|project_id|[*?])/.test(value)) return "subject-without-lead";
  if (/(^|:)ref:refs\/(heads|tags)\//.test(value)) return "refs-heads";
  if (isOtherCase) return "letter-case";
  if (partsOf(value).some((name) => !isComponent(name))) return "unknown-component";
  if (/(^|:)ref_type:(?!branch|tag|\*)/.test(value)) return "unknown-component";
  const own = project.components;
  return own && partsOf(value).join() !== own.join() ? "other-components" : "dead-value";
}

function isLiteral(operator: string): boolean {
  return /(^|:)StringEquals(IgnoreCase)?(IfExists)?$/i.test(operator);
}

/** The names of a subject's parts, up to the first wildcard that may stand for a colon. */
function partsOf(subject: string): string[] {
  const [told = ""] = subject.split(/\*(?=.)/);
  return told.split(":").filter((_, index) => index % 2 === 0);
}

function isComponent(name: string): boolean {
  return subjectComponents.some((known) => known === name) || /[*?]/.test(name) || name === "";
}

/** Whether some token would meet the value if letter case did not count. */
function differsInCase({ survey }: FindingInput, clause: Comparison, at: number): boolean {
  const set = clause.values[at];
  if (set?.kind !== "texts") return false;
  const pattern = folded(set.pattern);
  return survey.slices.some((slice) => {
    const domain = slice.domainOf(clause.key);
    return domain !== null && example([...domain.values, { pattern, inside: true }]) !== "none";
  });
}
