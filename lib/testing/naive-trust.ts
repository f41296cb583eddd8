import type { PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";
import { actions, principals, worldOfKeys } from "./random-trusts";

type Truth = boolean | null;

/** A call: what each key says, by key in lower case; null: absent; a key that is not there says what nobody knows. */
export type Call = ReadonlyMap<string, string | null>;

/** What nobody can tell, taken to be so or not; null: not taken for anything. Named as the clause is written. */
export type World = (doubt: string) => Truth;

const nothingTaken: World = () => null;

/**
 * Whether a policy of the small world lets a call in, worked out clause by clause as the pages of the IAM user guide say it
 * and as slowly: it shares no line with what it proves.
 */
export function naivelyLetsIn(policy: TrustPolicy, call: Call, world = nothingTaken): Truth {
  const { allows, denies } = preparedOf(policy);
  const denied = some(denies.map((applies) => applies(call, world)));
  if (denied === true) return false;
  const allowed = some(allows.map((applies) => applies(call, world)));
  return allowed === false ? false : denied === null ? null : allowed;
}

type Applies = (call: Call, world: World) => Truth;

const prepared = new WeakMap<TrustPolicy, { allows: Applies[]; denies: Applies[] }>();

function preparedOf(policy: TrustPolicy): { allows: Applies[]; denies: Applies[] } {
  const before = prepared.get(policy);
  if (before) return before;
  const of = (effect: string) =>
    policy.Statement.filter(({ Effect }) => Effect === effect).map((one) => appliesBy(one, policy.Version));
  const made = { allows: of("Allow"), denies: of("Deny") };
  prepared.set(policy, made);
  return made;
}

/** The doubts that the policy holds for a call, at most so many. */
export function doubtsAbout(policy: TrustPolicy, call: Call): string[] {
  const met = new Set<string>();
  naivelyLetsIn(policy, call, (doubt) => {
    met.add(doubt);
    return null;
  });
  return [...met];
}

function some(truths: readonly Truth[]): Truth {
  return truths.includes(true) ? true : truths.includes(null) ? null : false;
}

function appliesBy(statement: PolicyStatement, version: string): Applies {
  const { Principal, NotPrincipal, Action, NotAction, Effect, Condition = {} } = statement;
  const principal = principals.find(({ element }) => same(element, { Principal, NotPrincipal }));
  const action = actions.find(({ element }) => same(element, { Action, NotAction }));
  if (!principal || !action) throw new Error("The policy is not of the small world.");
  const isCovered = Effect === "Allow" ? principal.allow : principal.deny;
  const elements: Applies[] = [
    (_, world) => isCovered ?? world(JSON.stringify(principal.element)),
    (_, world) => action.covers ?? world(JSON.stringify(action.element)),
  ];
  const clauses = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => holdsBy(operator, key, [values].flat(), version)),
  );
  const parts = [...elements, ...clauses];
  return (call, world) => {
    let known: Truth = true;
    for (const part of parts) {
      const truth = part(call, world);
      if (truth === false) return false;
      known &&= truth;
    }
    return known;
  };
}

/** A clause, worked out once for each value that its key can have. */
function holdsBy(operator: string, key: string, values: readonly string[], version: string): Applies {
  const lower = key.toLowerCase() === "gitlab.com:oaud" ? "gitlab.com:aud" : key.toLowerCase();
  const asked = `${lower} ${[...new Set(values)].sort().join("|")}`;
  // Of a value that is there, the operator says the same with a set before it and IfExists behind it.
  const base = operator.replace(/^\w+:|IfExists$/g, "");
  const known = new Map<string | null | undefined, Truth>();
  const isAlike = !values.some((value) => value.includes("${"));
  return (call, world) => {
    const presented = call.get(lower);
    let truth = isAlike ? known.get(presented) : undefined;
    if (truth === undefined) {
      truth = holds(operator, presented, values, version, call);
      known.set(presented, truth);
    }
    return truth ?? world(`${presented ? base : operator} ${asked}`);
  };
}

function same(left: object, right: object): boolean {
  // JSON leaves out what is undefined.
  return JSON.stringify(left) === JSON.stringify(right);
}

function holds(
  name: string,
  presented: string | null | undefined,
  values: readonly string[],
  version: string,
  call: Call,
): Truth {
  if (presented === undefined) return null;
  if (name === "Null") return values.some((value) => (value.toLowerCase() === "true") === (presented === null));
  const ifExists = name.endsWith("IfExists");
  const [base = "", set = null] = name
    .replace(/IfExists$/, "")
    .split(":")
    .reverse();
  const negated = base.includes("Not");
  if (presented === null || (set !== null && presented === "")) {
    if (set === "ForAllValues") return true;
    if (set === "ForAnyValue") return ifExists ? null : false;
    return ifExists || negated;
  }
  const taken = values.map((value) => takes(base.replace("Not", ""), value, presented, version, call));
  const inSome = some(taken.map((one) => (one === "nothing to stand for" ? false : one)));
  const outcome = inSome === null ? null : inSome !== negated;
  return outcome === true && taken.includes("nothing to stand for") ? null : outcome;
}

function takes(
  base: string,
  value: string,
  presented: string,
  version: string,
  call: Call,
): Truth | "nothing to stand for" {
  const isText = base.startsWith("String") || base.startsWith("Arn");
  const pattern = lettersOf(value, isText && version === "2012-10-17", call);
  if (typeof pattern === "string") return pattern === "unknown" ? null : pattern;
  const plain = pattern.map(([letter]) => letter).join("");
  if (base === "StringEquals") return plain === presented;
  if (base === "StringEqualsIgnoreCase") return plain.toLowerCase() === presented.toLowerCase();
  if (base === "StringLike") return glob(pattern, presented);
  if (base.startsWith("Arn")) return arn(pattern, presented);
  if (base === "Bool") return bool(plain, presented);
  if (base === "IpAddress") return address(plain, presented);
  const read = base.startsWith("Numeric") ? numeric : moment;
  const [wanted, given] = [read(plain), read(presented)];
  if (wanted === null || given === null) return null;
  if (base.includes("LessThan")) return given < wanted || (base.endsWith("Equals") && given === wanted);
  if (base.includes("GreaterThan")) return given > wanted || (base.endsWith("Equals") && given === wanted);
  return given === wanted;
}

/** Each letter of a value, and whether it is meant as it stands; variables are replaced. */
type Letters = (readonly [letter: string, isLiteral: boolean])[];

function lettersOf(value: string, hasVariables: boolean, call: Call): Letters | "nothing to stand for" | "unknown" {
  const letters: Letters = [];
  let missing = false;
  for (const part of hasVariables ? value.split(/(\$\{[^}]*\})/) : [value]) {
    const name = hasVariables ? /^\$\{([^,}]*)(?:, '(.*)')?\}$/.exec(part) : null;
    if (!name) letters.push(...Array.from(part, (one) => [one, one !== "*" && one !== "?"] as const));
    else if (name[1] === "*" || name[1] === "?") letters.push([name[1], true]);
    else {
      const key = (name[1] ?? "").toLowerCase();
      const brought = key === "aws:username" ? null : call.get(key);
      if (brought === undefined) return "unknown";
      const text = brought ?? name[2];
      missing ||= text === undefined;
      letters.push(...Array.from(text ?? "", (one) => [one, true] as const));
    }
  }
  return missing ? "nothing to stand for" : letters;
}

function glob(pattern: Letters, text: string, forbidden = ""): boolean {
  const [first, ...rest] = pattern;
  if (!first) return text === "";
  const [letter, isLiteral] = first;
  if (isLiteral) return text[0] === letter && glob(rest, text.slice(1), forbidden);
  const isTaken = text !== "" && text[0] !== forbidden;
  if (letter === "?") return isTaken && glob(rest, text.slice(1), forbidden);
  return glob(rest, text, forbidden) || (isTaken && glob(pattern, text.slice(1), forbidden));
}

function arn(pattern: Letters, presented: string): Truth {
  const parts: Letters[] = [[]];
  for (const [letter, isLiteral] of pattern) {
    if (letter === ":" && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push([letter, isLiteral]);
  }
  if (parts.length < 6) return null;
  const given = presented.split(":");
  if (given.length < 6) return false;
  const segments = [...given.slice(0, 5), given.slice(5).join(":")];
  return parts.every((part, at) => glob(part, segments[at] ?? "", at < 5 ? ":" : ""));
}

function bool(value: string, presented: string): Truth {
  const [wanted, given] = [value.toLowerCase(), presented.toLowerCase()];
  const isBoolean = (text: string) => text === "true" || text === "false";
  return isBoolean(wanted) && isBoolean(given) ? wanted === given : null;
}

function numeric(text: string): number | null {
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

function moment(text: string): number | null {
  if (/^-?\d{5,}$/.test(text)) return Number(text) * 1000;
  return /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : null;
}

/** Of the ranges and addresses of the small world only. */
function address(range: string, presented: string): Truth {
  const isFour = /^\d+\.\d+\.\d+\.\d+$/.test(presented);
  const isSix =
    /^[0-9a-f:]+$/.test(presented) && (presented.split("::").length === 2 || /^(\w+:){7}\w+$/.test(presented));
  if (!isFour && !isSix) return null;
  const [base = "", length = "32"] = range.split("/");
  if (base === "x") return null;
  if (range === "::/0") return !isFour;
  if (base === "2001:db8::") return !isFour && /^2001:0?db8:/.test(presented);
  if (!isFour) return false;
  const bits = (text: string) =>
    text
      .split(".")
      .map((part) => Number(part).toString(2).padStart(8, "0"))
      .join("");
  return bits(base).slice(0, Number(length)) === bits(presented).slice(0, Number(length));
}

/** The keys of the small world that a policy asks for or brings in by a variable, in lower case. */
export function keysAsked(policies: readonly TrustPolicy[]): string[] {
  const text = JSON.stringify(policies).toLowerCase().replaceAll("gitlab.com:oaud", "gitlab.com:aud");
  return Object.keys(worldOfKeys).filter((key) => text.includes(key));
}

/** Calls of the small world that differ in the keys given, of all such calls at most so many, evenly spread. */
export function callsOver(keys: readonly string[], base: Call, most: number): Call[] {
  const values = keys.map((key) => (base.has(key) ? [base.get(key) ?? null] : (worldOfKeys[key] ?? [null])));
  const total = values.reduce((product, { length }) => product * length, 1);
  const step = total <= most ? 1 : Math.ceil(total / most) + (Math.ceil(total / most) % 2 === 0 ? 1 : 0);
  const calls: Call[] = [];
  for (let number = 0; number < total; number += step) {
    let left = number;
    const call = new Map(base);
    keys.forEach((key, at) => {
      const all = values[at] ?? [];
      call.set(key, all[left % all.length] ?? null);
      left = Math.floor(left / all.length);
    });
    calls.push(call);
  }
  return calls;
}
