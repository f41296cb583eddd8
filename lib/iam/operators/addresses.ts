import type { ValueSet } from "../clause";
import type { Piece } from "../policy-value";
import { literalText } from "../policy-value";
import { unreadable } from "./operator";

/** An IP address as a number, or null. One of IPv4 that is written as IPv6 is neither: no page of AWS says which it is. */
export function addressOf(text: string): { family: 4 | 6; at: bigint } | null {
  const four = ipv4(text);
  if (four !== null) return { family: 4, at: four };
  const six = ipv6(text);
  return six === null || six >> 32n === 0xffffn ? null : { family: 6, at: six };
}

function ipv4(text: string): bigint | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv6(text: string): bigint | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [left = [], right = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...left, ...Array<string>(missing).fill("0"), ...right];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((sum, group) => sum * 0x10000n + BigInt(`0x${group}`), 0n);
}

/**
 * Reads a CIDR range; an IPv4 address without a prefix is itself. What IPv6 without one means is not settled: the page's
 * default of /32 is said of addresses of both kinds. Source: IAM user guide,
 * reference_policies_elements_condition_operators, "IP address condition operators".
 */
export function addresses(pieces: readonly Piece[]): ValueSet {
  const value = literalText(pieces);
  const [written = "", prefix, ...more] = value.split("/");
  const address = addressOf(written);
  const bits = address?.family === 4 ? 32 : 128;
  const length =
    prefix === undefined && address?.family === 4 ? 32 : /^\d{1,3}$/.test(prefix ?? "") ? Number(prefix) : -1;
  if (!address || more.length > 0 || length < 0 || length > bits)
    return unreadable(value, `${JSON.stringify(value)} is no range of addresses that AWS's pages define.`);
  const size = 1n << BigInt(bits - length);
  const from = (address.at / size) * size;
  return { kind: "addresses", family: address.family, from, to: from + size - 1n };
}
