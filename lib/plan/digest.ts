import { canonicalJson } from "@/lib/iam/json";
import type { Plan } from "./change";
import { comparableChange } from "./same";

export { canonicalJson } from "@/lib/iam/json";

/** Whether two values are equal as JSON, whatever the order of their members. Policies are compared by `samePolicyOrNone`. */
export function sameJson(left: unknown, right: unknown): boolean {
  return canonicalJson(left) === canonicalJson(right);
}

/** SHA-256 of the value's canonical JSON, 64 hex digits. */
export async function digestOf(value: unknown): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonicalJson(value))));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The digest of a plan: what was shown is what is carried out. Policies count as what they say: a list of one and its
 * member are the same, as `true` and "true" are.
 */
export function planDigest({ changes, ...plan }: Plan): Promise<string> {
  return digestOf({ ...plan, changes: changes.map(comparableChange) });
}
