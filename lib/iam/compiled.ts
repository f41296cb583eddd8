import { compileTexts } from "@/lib/language/compiled";
import { actionCovers, webIdentityAction } from "./action";
import type { Clause } from "./clause";
import { clausesOf } from "./clauses";
import type { ConditionContext } from "./condition";
import { outcomeOf, variableValue } from "./condition";
import type { Evaluation } from "./evaluate";
import { keyKnowledge } from "./keys";
import type { PolicyStatement, TrustPolicy } from "./policy-schema";
import { principalCovers } from "./principal";
import type { PresentedToken } from "./trust-context";
import { refusalOf, trustContext } from "./trust-context";
import type { Truth } from "./truth";

type Claims = PresentedToken["claims"];

/** A trust policy and all of a call but its token, ready to be asked about many tokens. */
export interface CompiledTrust {
  /** What `evaluateTrust` says of a token with these claims, without saying why. */
  verdict(claims: Claims): Evaluation["verdict"];
  /** How each condition on the token comes out, a letter each: tokens with equal texts get the same answer. */
  met(claims: Claims): string;
}

type Part = (claims: Claims) => Truth;

interface Compiled {
  effect: PolicyStatement["Effect"];
  /** Without what the token says: true, or null where that cannot be told. */
  known: Truth;
  parts: readonly Part[];
}

/** Makes a matcher of a trust policy for the tokens of one provider; what no token changes is worked out once. */
export function compileTrust(policy: TrustPolicy, call: Omit<PresentedToken, "claims">): CompiledTrust {
  const empty = trustContext({ ...call, claims: {} });
  const statements = policy.Statement.flatMap((statement) => compiled(statement, policy.Version, call, empty) ?? []);
  const allows = statements.filter(({ effect }) => effect === "Allow");
  const denies = statements.filter(({ effect }) => effect === "Deny");
  const isRefused = refusalBy(call);
  const parts = statements.flatMap((statement) => statement.parts);
  return {
    verdict: (claims) => {
      if (isRefused(claims)) return "denied";
      const denied = someOf(denies, claims);
      if (denied === true) return "denied";
      const allowed = someOf(allows, claims);
      if (allowed === false) return "denied";
      return allowed && denied === false ? "allowed" : "undecided";
    },
    met: (claims) => {
      let letters = "";
      for (const part of parts) letters += letterOf(part(claims));
      return letters;
    },
  };
}

function letterOf(truth: Truth): string {
  return truth === null ? "?" : truth ? "y" : "n";
}

function someOf(statements: readonly Compiled[], claims: Claims): Truth {
  let known: Truth = false;
  for (const statement of statements) {
    const truth = applies(statement, claims);
    if (truth === true) return true;
    if (truth === null) known = null;
  }
  return known;
}

function applies({ known, parts }: Compiled, claims: Claims): Truth {
  let truth = known;
  for (const part of parts) {
    const one = part(claims);
    if (one === false) return false;
    if (one === null) truth = null;
  }
  return truth;
}

/** Null for a statement that applies to no token. */
function compiled(
  statement: PolicyStatement,
  version: string,
  call: Omit<PresentedToken, "claims">,
  empty: ConditionContext,
): Compiled | null {
  const isNamed = statement.Resource === undefined && statement.NotResource === undefined;
  const fixed: Truth[] = [
    actionCovers(statement, call.action ?? webIdentityAction),
    principalCovers(statement, { kind: "federated", providerArn: call.providerArn }),
    isNamed ? true : null,
  ];
  const given = new Set(Object.keys(call.extra ?? {}).map((key) => key.toLowerCase()));
  const claimOf = (key: string) => {
    const knowledge = given.has(key) ? null : keyKnowledge(key, call.issuer, call.providerArn);
    return knowledge?.is === "token" ? knowledge.claim : null;
  };
  const parts: Part[] = [];
  let hasClaim = false;
  const clauses = clausesOf(statement, version, (key) => {
    hasClaim ||= claimOf(key.toLowerCase()) !== null;
    return variableValue(empty, key);
  });
  const contextOf = (claims: Claims) => trustContext({ ...call, claims });
  clauses.forEach((clause, index) => {
    const claim = claimOf(clause.key);
    if (hasClaim) parts.push((claims) => slowly(statement, version, index, contextOf(claims)));
    else if (claim === null) fixed.push(outcomeOf(clause, empty.of(clause.key, clause.written.key)).ok);
    else parts.push(partOf(clause, claim, empty, contextOf));
  });
  if (fixed.includes(false)) return null;
  return { effect: statement.Effect, known: fixed.includes(null) ? null : true, parts };
}

/** A clause of a statement in which a variable stands for what the token says. */
function slowly(statement: PolicyStatement, version: string, index: number, context: ConditionContext): Truth {
  const clause = clausesOf(statement, version, (key) => variableValue(context, key))[index];
  return clause ? outcomeOf(clause, context.of(clause.key, clause.written.key)).ok : true;
}

/** Half of a surrogate pair: whether `?` takes it, no page says. */
const surrogate = /[\ud800-\udfff]/;

function partOf(
  clause: Clause,
  claim: string,
  empty: ConditionContext,
  contextOf: (claims: Claims) => ConditionContext,
): Part {
  const { key, written } = clause;
  const absent = outcomeOf(clause, empty.of(key, written.key)).ok;
  const takes = quickly(clause);
  return (claims) => {
    const value = claim === "aud" ? (claims["azp"] ?? claims["aud"]) : claims[claim === "oaud" ? "aud" : claim];
    if (takes && typeof value === "string" && value !== "" && !surrogate.test(value)) return takes(value);
    if (value === undefined || value === null) return absent;
    return outcomeOf(clause, contextOf(claims).of(key, written.key)).ok;
  };
}

/** What a clause makes of one text that is not empty; null where that takes more than its patterns. */
function quickly(clause: Clause): ((value: string) => boolean) | null {
  if (clause.kind === "presence") return () => clause.present;
  if (clause.kind === "untold") return null;
  const patterns = clause.values.flatMap((set) => (set.kind === "texts" && !set.reads ? [set.pattern] : []));
  if (patterns.length < clause.values.length) return null;
  const { matches } = compileTexts(patterns);
  return clause.negated ? (value) => !matches(value) : matches;
}

/** Whether AWS refuses a token before it looks at the trust. */
function refusalBy(call: Omit<PresentedToken, "claims">): (claims: Claims) => boolean {
  const registered = call.providerAudiences ?? null;
  if (refusalOf({ ...call, claims: {} }) !== null) return () => true;
  const known = registered && new Set(registered);
  return (claims) => {
    const audience = claims["azp"] ?? claims["aud"];
    if (typeof audience === "string") return known !== null && !known.has(audience);
    return audience !== undefined && audience !== null && refusalOf({ ...call, claims }) !== null;
  };
}
