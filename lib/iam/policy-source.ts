import type { NotRead } from "./json";
import type { JsonText } from "./json-text";
import { placeAt, pointerStep, scanJson } from "./json-text";
import { departureFromGrammar } from "./policy-grammar";
import type { RawPolicy } from "./policy-schema";

/** A member that was written twice, and what of it is lost, as JSON text; `path` is a JSON pointer into the policy. */
export interface LostMember {
  path: string;
  lost: string;
}

/** A policy from a file, with what its text says beside the document. */
export interface PolicySource {
  policy: RawPolicy;
  /** What the document does not say any more, since the last of two equal members counts. */
  lost: LostMember[];
  /** How the text was taken where it was not the bare document, a sentence each. */
  notes: string[];
  /** Line and column (from 1) of a JSON pointer into the policy, or of the nearest thing around it. */
  placeOf(path: string): { line: number; column: number };
}

/** Where AWS's answers hold a policy: GetRole, ListRoles, GetRolePolicy, GetPolicyVersion (IAM API reference). */
const envelopes = [
  "/Role/AssumeRolePolicyDocument",
  "/AssumeRolePolicyDocument",
  "/PolicyVersion/Document",
  "/PolicyDocument",
];

/**
 * Reads a policy from a text that holds the document, its URL-encoded form (as IAM's API answers it), or one of AWS's
 * answers around it. A failure names line and column where there is a place.
 */
export function readPolicySource(text: string): { ok: true; source: PolicySource } | NotRead {
  if (text.trim() === "") return { ok: false, reason: "it is empty." };
  if (/^\s*%7B/i.test(text)) return decoded(text.trim(), { line: 1, column: 1 }, []);
  const json = scanJson(text);
  if (!json.ok) return { ok: false, reason: `this is not JSON: ${json.reason}`, ...placeAt(text, json.offset) };
  const envelope = envelopes.find((pointer) => json.places.has(pointer) && !json.places.has("/Statement")) ?? "";
  const value = valueAt(json.value, envelope);
  const placeOf = placesIn(text, json, envelope);
  const notes = envelope === "" ? [] : [`The policy was taken from ${envelope} of AWS's answer.`];
  if (typeof value === "string") return decoded(value, placeOf(""), notes);
  return policyOf(json, { value, placeOf, notes, envelope });
}

function decoded(
  value: string,
  place: { line: number; column: number },
  notes: readonly string[],
): { ok: true; source: PolicySource } | NotRead {
  const text = /^\s*%7B/i.test(value) ? urlDecoded(value) : value;
  if (text === null) return { ok: false, reason: "its URL encoding is broken: a % stands before no code.", ...place };
  const json = scanJson(text);
  if (!json.ok) {
    const { line, column } = placeAt(text, json.offset);
    return {
      ok: false,
      reason: `what it encodes is not JSON (line ${line}, column ${column}): ${json.reason}`,
      ...place,
    };
  }
  const how =
    text === value ? "The policy was read out of a JSON text." : "The policy was URL-encoded and was decoded.";
  return policyOf(json, { value: json.value, placeOf: () => place, notes: [...notes, how], envelope: "" });
}

function urlDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

interface Found extends Pick<PolicySource, "notes" | "placeOf"> {
  value: unknown;
  /** JSON pointer of the policy in the text. */
  envelope: string;
}

function policyOf(
  json: Extract<JsonText, { ok: true }>,
  { value, placeOf, notes, envelope }: Found,
): { ok: true; source: PolicySource } | NotRead {
  const departure = departureFromGrammar(value);
  if (departure) {
    const pointer = departure.path.map(pointerStep).join("");
    return { ok: false, reason: departure.reason, ...placeOf(pointer), pointer: envelope + pointer };
  }
  const lost = json.doubled
    .filter(({ pointer }) => pointer.startsWith(envelope))
    .map(({ pointer, lost }) => ({ path: pointer.slice(envelope.length), lost }));
  // The grammar is that of RawPolicy.
  return { ok: true, source: { policy: value as RawPolicy, lost, notes, placeOf } };
}

/** The place of a pointer below `top`, or of the nearest thing around it. */
function placesIn(text: string, { places }: Extract<JsonText, { ok: true }>, top: string): PolicySource["placeOf"] {
  return (path) => {
    let pointer = top + path;
    while (pointer !== "" && !places.has(pointer)) pointer = pointer.slice(0, pointer.lastIndexOf("/"));
    return placeAt(text, places.get(pointer) ?? 0);
  };
}

/** What stands at a pointer without escapes; undefined where nothing does. */
function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
