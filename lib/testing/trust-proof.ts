import { answerOf } from "@/lib/admission/answer";
import { admissionOf } from "@/lib/admission/box";
import { exactly } from "@/lib/admission/domain";
import type { Asked, Meeting } from "@/lib/admission/meet";
import { meet } from "@/lib/admission/meet";
import type { Domain, Slice } from "@/lib/admission/slice";
import { sliceOf } from "@/lib/admission/tokens";
import { evaluateTrust } from "@/lib/iam/evaluate";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import type { Truth } from "@/lib/iam/truth";
import { either, one, optional, sequence, text } from "@/lib/language/pattern";
import type { Call } from "./naive-trust";
import { callsOver, doubtsAbout, keysAsked, naivelyLetsIn } from "./naive-trust";
import type { Draw } from "./random-patterns";
import { drawsOf as drawFrom } from "./random-patterns";
import { randomStatement, randomTrust, rearranged, smallProvider, worldOfKeys } from "./random-trusts";
import { minimised } from "./smaller-trust";

/** What a proof found wrong: a law, and the policies that break it. */
export interface Counterexample {
  law: string;
  /** One policy, or the older and the newer one. */
  policies: readonly TrustPolicy[];
}

const claims = ["sub", "aud", "project_id", "ref_protected"] as const;
const callsAtMost = 200;

const keyOf = (claim: string) => `gitlab.com:${claim}`;

function among(values: readonly (string | null)[], chosen: boolean): Domain {
  const texts = values.map((value) => text(value ?? ""));
  return { values: [{ pattern: either(...texts), inside: true }], mayLack: false, chosen };
}

const letter = optional(one({ only: "ab:A" }));

/** All tokens of the small world. `walked`: their subjects as a pattern, not as a list of texts. */
function allTokens(walked: boolean): Slice {
  const of = (claim: string) => among(worldOfKeys[keyOf(claim)] ?? [], claim === "aud");
  const sub: Domain = { values: [{ pattern: sequence(letter, letter), inside: true }], mayLack: false, chosen: false };
  const known = Object.fromEntries(claims.map((claim) => [claim, of(claim)]));
  return sliceOf({ claims: walked ? { ...known, sub } : known }, smallProvider);
}

const slices = { walked: allTokens(true), listed: allTokens(false) };

function tokenSlice(token: Call): Slice {
  return sliceOf(
    { claims: Object.fromEntries(claims.map((claim) => [claim, exactly(token.get(keyOf(claim)) ?? "")])) },
    smallProvider,
  );
}

const fixed: Call = new Map(
  Object.entries(worldOfKeys).flatMap(([key, [value = null, ...others]]): [string, string | null][] =>
    others.length === 0 ? [[key, value]] : [],
  ),
);

const circumstances = ["aws:sourceip", "sts:rolesessionname"];

/** What the evaluator says of a call; null where it has no word for a circumstance that is not there. */
function evaluated(policy: TrustPolicy, call: Call): Truth | "cannot be asked" {
  const given = circumstances.flatMap((key): [string, string][] => {
    const value = call.get(key);
    return typeof value === "string" ? [[key, value]] : [];
  });
  if (given.length < circumstances.length) return "cannot be asked";
  const { verdict } = evaluateTrust(policy, {
    providerArn: smallProvider.arn,
    issuer: smallProvider.issuer,
    claims: Object.fromEntries(claims.map((claim) => [claim, call.get(keyOf(claim)) ?? ""])),
    extra: Object.fromEntries(given),
    at: smallProvider.at,
  });
  return verdict === "undecided" ? null : verdict === "allowed";
}

/** Calls with every key given: those of a point, and for the others the first and the last of the world. */
function callsAt({ point }: Meeting): Call[] {
  const all = Object.entries(worldOfKeys).filter(([, values]) => values.length > 1);
  return [0, -1].map(
    (at) => new Map([...fixed, ...all.map(([key, values]) => [key, values.at(at) ?? null] as const), ...point.values]),
  );
}

const bringsAnother = (policies: readonly TrustPolicy[]) => /\$\{[a-z]/.test(JSON.stringify(policies));

/**
 * Asks a policy everything that the algebra answers and looks at all calls of the small world instead; null: all is so.
 * `in` is what the slow evaluation says of a call: true, false, or null where it depends on what nobody can tell.
 *
 * 1. A proven call is in, by the slow evaluation and by the evaluator; a possible one is not out.
 * 2. Where a call is in, there is a proven one. Where there is none that is possible, every call is out, whatever is so of
 *    what nobody can tell.
 * 3. The evaluator says of each call what the slow evaluation says.
 */
function wrongOfOne(policy: TrustPolicy, draw: Draw): string | null {
  const walked = draw(2) === 0;
  const slice = walked ? slices.walked : slices.listed;
  const admission = admissionOf(policy, slice);
  const calls = callsOver(keysAsked([policy]), fixed, callsAtMost);
  const verdicts = calls.map((call) => naivelyLetsIn(policy, call));
  const proven = meet(slice, { within: admission, without: null }, "proven");
  const possible = meet(slice, { within: admission, without: null }, "possible");
  if (typeof proven === "object")
    for (const call of callsAt(proven)) {
      if (naivelyLetsIn(policy, call) !== true) return `the proven call ${shown(call)} is not in`;
      if (evaluated(policy, call) !== true && evaluated(policy, call) !== "cannot be asked")
        return `the evaluator does not allow the proven call ${shown(call)}`;
    }
  else {
    const at = verdicts.indexOf(true);
    if (proven === "none" && at !== -1 && !bringsAnother([policy]))
      return `no call is proven, and ${shown(calls[at])} is in`;
  }
  if (possible === "none") {
    const at = verdicts.findIndex((verdict, index) => verdict !== false && canBeIn(policy, calls[index] ?? new Map()));
    if (at !== -1) return `no call is possible, and ${shown(calls[at])} can be in`;
  } else if (typeof possible === "object" && !bringsAnother([policy]))
    for (const call of callsAt(possible))
      if (naivelyLetsIn(policy, call) === false) return `the possible call ${shown(call)} is out`;
  for (let count = 0; count < 3; count += 1) {
    const at = draw(calls.length);
    const call = callsAt({ point: { values: calls[at] ?? new Map(), assumed: [] }, by: null })[0] ?? new Map();
    const said = evaluated(policy, call);
    const slow = naivelyLetsIn(policy, call);
    if (said !== "cannot be asked" && said !== slow)
      return `the evaluator says ${said} of ${shown(call)}, and it is ${slow}`;
  }
  return null;
}

/** Whether some assignment of what nobody can tell lets the call in. */
function canBeIn(policy: TrustPolicy, call: Call): boolean {
  const doubts = doubtsAbout(policy, call);
  return Array.from({ length: 1 << doubts.length }, (_, world) => world).some((world) =>
    naivelyLetsIn(policy, call, (doubt) => ((world >> doubts.indexOf(doubt)) & 1) === 1),
  );
}

/**
 * A single token: in where some choice of what its job chooses lets it in whatever the circumstances; out where nothing
 * lets it in; else untold.
 */
function wrongOfToken(policy: TrustPolicy, draw: Draw): string | null {
  const token: Call = new Map(
    claims.map((claim) => {
      const values = worldOfKeys[keyOf(claim)] ?? [];
      return [keyOf(claim), values[draw(values.length)] ?? null];
    }),
  );
  const slice = tokenSlice(token);
  const answer = answerOf(slice, admissionOf(policy, slice));
  const asked = keysAsked([policy]).filter((key) => circumstances.includes(key));
  const calls = callsOver(asked, new Map([...fixed, ...token]), callsAtMost);
  const verdicts = calls.map((call) => naivelyLetsIn(policy, call));
  const sessions = new Set(calls.map((call) => call.get("sts:rolesessionname")));
  const isIn = [...sessions].some((session) =>
    calls.every((call, at) => call.get("sts:rolesessionname") !== session || verdicts[at] === true),
  );
  const isOut = verdicts.every((verdict) => verdict === false);
  if (answer.is === "in") {
    const chosen = [...answer.point.values].filter(([key]) => key === "sts:rolesessionname");
    const call = callsOver(asked, new Map([...fixed, ...token, ...chosen]), callsAtMost).find(
      (one) => naivelyLetsIn(policy, one) !== true,
    );
    return call && !(chosen.length === 0 && isIn) ? `${shown(token)} is told in, and ${shown(call)} is not` : null;
  }
  if (answer.is === "out" && !isOut && calls.some((call) => canBeIn(policy, call)))
    return `${shown(token)} is told out, and is not`;
  if (bringsAnother([policy]) || answer.is !== "untold") return null;
  if (isIn && !hasTextAddress(policy)) return `${shown(token)} is told untold, and is in`;
  const { point } = answer;
  const isNone = point && naivelyLetsIn(policy, new Map([...(calls[0] ?? []), ...point.values])) === false;
  return isNone ? `${shown(token)} is told untold, and its point is out` : null;
}

/** Whether a policy compares an address as another text, of which there are more than the world knows. */
function hasTextAddress({ Statement }: TrustPolicy): boolean {
  return Statement.some(({ Condition = {} }) =>
    Object.entries(Condition).some(
      ([operator, keys]) => !/IpAddress|Null/.test(operator) && Object.keys(keys).some((key) => /sourceip/i.test(key)),
    ),
  );
}

/** Two policies: what only the newer lets in, by the algebra and by looking. */
function wrongOfTwo(older: TrustPolicy, newer: TrustPolicy, draw: Draw): string | null {
  const slice = draw(2) === 0 ? slices.walked : slices.listed;
  const asked: Asked = { within: admissionOf(newer, slice), without: admissionOf(older, slice) };
  const calls = callsOver(keysAsked([older, newer]), fixed, callsAtMost);
  const isOnlyNew = (call: Call) => naivelyLetsIn(newer, call) === true && naivelyLetsIn(older, call) === false;
  const proven = meet(slice, asked, "proven");
  if (typeof proven === "object") {
    const call = callsAt(proven).find((one) => !isOnlyNew(one));
    return call ? `${shown(call)} is proven to be let in by the newer one alone, and is not` : null;
  }
  const isExact = proven === "none" && !bringsAnother([older, newer]);
  const found = isExact ? calls.find(isOnlyNew) : undefined;
  return found ? `nothing is proven to be let in by the newer one alone, and ${shown(found)} is` : null;
}

function isWithin(narrow: TrustPolicy, wide: TrustPolicy, slice: Slice): boolean {
  const asked = { within: admissionOf(narrow, slice), without: admissionOf(wide, slice) };
  const met = meet(slice, asked, "possible");
  return met === "none" || met === "over budget";
}

/** Laws that hold of any policy, whatever is so of what nobody can tell. */
const laws: Readonly<Record<string, (policy: TrustPolicy, draw: Draw) => boolean>> = {
  "A without A is empty": (policy) => isWithin(policy, policy, slices.walked),
  "order, and a list of one, make no difference": (policy) =>
    isWithin(policy, rearranged(policy), slices.listed) && isWithin(rearranged(policy), policy, slices.listed),
  "a further Deny admits nobody": (policy, draw) =>
    isWithin({ ...policy, Statement: [...policy.Statement, randomStatement(draw, "Deny")] }, policy, slices.walked),
  "a further condition of an Allow admits nobody": (policy, draw) =>
    isWithin(withCondition(policy, randomStatement(draw, "Allow").Condition ?? {}), policy, slices.listed),
};

function withCondition(
  policy: TrustPolicy,
  added: NonNullable<TrustPolicy["Statement"][number]["Condition"]>,
): TrustPolicy {
  const narrowed = policy.Statement.map((statement) =>
    statement.Effect === "Deny" ? statement : { ...statement, Condition: { ...added, ...statement.Condition } },
  );
  return { ...policy, Statement: narrowed };
}

/**
 * What is wrong about one random policy, and about a change of it; null: nothing.
 * @param lawsAtMost how many of the laws are tried, beside the policy's own calls; missing: all
 */
export function counterexample(draw: Draw, lawsAtMost = Number.POSITIVE_INFINITY): Counterexample | null {
  const policy = randomTrust(draw);
  const newer = changed(policy, draw);
  const seed = draw(1 << 30);
  const checks: Record<string, (policies: readonly TrustPolicy[]) => string | null> = {
    "one policy": ([one = policy]) => wrongOfOne(one, drawFrom(seed)),
    "one token": ([one = policy]) => wrongOfToken(one, drawFrom(seed)),
    ...Object.fromEntries(
      Object.entries(laws).map(([law, isSo]) => [
        law,
        ([one = policy]: readonly TrustPolicy[]) => (isSo(one, drawFrom(seed)) ? null : "it is not so"),
      ]),
    ),
    "two policies": ([one = policy, two = newer]) => wrongOfTwo(one, two, drawFrom(seed)),
  };
  const [own, ...others] = Object.entries(checks);
  const first = draw(others.length);
  const tried = [...others.slice(first), ...others.slice(0, first)].slice(0, lawsAtMost);
  for (const [name, check] of own ? [own, ...tried] : tried) {
    const policies = name === "two policies" ? [policy, newer] : [policy];
    if (check(policies) === null) continue;
    const least = minimised(policies, (fewer) => check(fewer) !== null);
    return { law: `${name}: ${check(least)}`, policies: least };
  }
  return null;
}

/** The policy with one more, one less or another statement. */
function changed(policy: TrustPolicy, draw: Draw): TrustPolicy {
  const statements = [...policy.Statement];
  const at = draw(statements.length);
  const other = randomStatement(draw, draw(3) === 0 ? "Deny" : "Allow");
  statements.splice(at, draw(3) === 0 ? 0 : 1, ...(statements.length > 1 && draw(4) === 0 ? [] : [other]));
  return { ...policy, Statement: statements };
}

function shown(call: Call | undefined): string {
  return JSON.stringify(Object.fromEntries(call ?? []));
}
