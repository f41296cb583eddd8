import { scanJson } from "@/lib/iam/json-text";

/** A token's claims, and what is to be said of the text, a sentence each. */
export type TokenText = { ok: true; claims: Record<string, unknown>; notes: string[] } | { ok: false; reason: string };

/**
 * Reads a JWT (RFC 7519, in JWS compact form) or its claims as a JSON object. Nothing of it is checked. No sentence
 * repeats any of the text: it may be a secret.
 */
export function readTokenText(text: string): TokenText {
  const trimmed = text.trim();
  if (trimmed === "") return refused("it is empty.");
  if (trimmed.startsWith("{")) return claimsIn(trimmed, "the claims are");
  if (/^bearer\s/i.test(trimmed)) return refused('"Bearer" is of the HTTP header, not of the token: take it away.');
  const parts = trimmed.split(".");
  if (parts.length === 5) return refused("this is an encrypted token (five parts): its claims cannot be read.");
  if (parts.length !== 3)
    return refused("it is neither a JWT (three parts with dots between) nor claims as a JSON object.");
  if (parts.some((part) => /\s/.test(part))) return refused("the JWT is broken by white space: it is one line.");
  const strange = parts.findIndex((part) => !/^[\w-]+$/.test(part));
  const ordinal = ["first", "second", "third"][strange];
  if (ordinal !== undefined) return refused(`the JWT's ${ordinal} part is not base64url.`);
  const payload = decoded(parts[1] ?? "");
  return payload === null
    ? refused("the JWT's second part is no base64url of UTF-8.")
    : claimsIn(payload, "the JWT's claims are");
}

function claimsIn(text: string, subject: string): TokenText {
  const json = scanJson(text);
  if (!json.ok) return refused(`${subject} not JSON.`);
  const { value } = json;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refused(`${subject} no JSON object.`);
  const doubled = json.doubled.map(({ pointer }) => `The claim at ${pointer} stands twice; the last one was read.`);
  return { ok: true, claims: Object.fromEntries(Object.entries(value)), notes: doubled };
}

function decoded(part: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refused(reason: string): TokenText {
  return { ok: false, reason };
}
