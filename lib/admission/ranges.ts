import type { Bound } from "@/lib/iam/clause";
import type { ToldSet } from "./literal";

type RangeSet = Exclude<ToldSet, { kind: "texts" }>;

/** Whether a text that stands for a number, a moment or an address is in the range; one that stands for none is not. */
export function holdsText(set: RangeSet, text: string): boolean {
  if (set.kind === "range") {
    const value = set.of === "number" ? numberOf(text) : momentOf(text);
    return value !== null && isAbove(set.from, value) && isBelow(set.to, value);
  }
  const address = addressOf(text);
  return address !== null && address.family === set.family && set.from <= address.value && address.value <= set.to;
}

function isAbove({ at, included }: Bound, value: number): boolean {
  return included ? at <= value : at < value;
}

function isBelow({ at, included }: Bound, value: number): boolean {
  return included ? value <= at : value < at;
}

/** Texts at the ends of the ranges, beside them, and far from all of them. */
export function candidatesOf(sets: readonly ToldSet[]): string[] {
  return [...new Set(sets.flatMap((set) => (set.kind === "texts" ? [] : around(set))))];
}

const halfway = 0.5;
const second = 1000;

function around(set: RangeSet): string[] {
  if (set.kind === "addresses") {
    const usual = set.family === 4 ? 0xcb007107n : 0x20010db8000000000000000000000007n;
    const most = set.family === 4 ? 0xffffffffn : (1n << 128n) - 1n;
    return [set.from, set.to, set.from - 1n, set.to + 1n, usual, 0n, most]
      .filter((value) => value >= 0n && value <= most)
      .map((value) => addressText(set.family, value));
  }
  const ends = [set.from.at, set.to.at].filter(Number.isFinite);
  const near = set.of === "number" ? halfway : second;
  const values = ends.flatMap((end) => [end, end + near, end - near]);
  return values.map((value) => (set.of === "number" ? String(value) : new Date(value).toISOString()));
}

function numberOf(text: string): number | null {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}

/** ISO 8601, or seconds since 1970 (IAM user guide, "Date condition operators"). */
function momentOf(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text) * second;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? null : moment;
}

/** The address as a number, with its family; null for what is none. */
function addressOf(text: string): { family: 4 | 6; value: bigint } | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split(".").map(Number);
    return parts.every((part) => part <= 255) ? { family: 4, value: joined(parts, 8n) } : null;
  }
  const groups = groupsOf(text);
  return groups && { family: 6, value: joined(groups, 16n) };
}

function joined(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((value, part) => (value << bits) + BigInt(part), 0n);
}

function groupsOf(text: string): number[] | null {
  if (!/^[0-9a-f:]+$/i.test(text) || !text.includes(":")) return null;
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return null;
  const read = (part: string) => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16)));
  const [left, right] = [read(head), read(tail ?? "")];
  const zeros = 8 - left.length - right.length;
  if (tail === undefined ? zeros !== 0 : zeros < 1) return null;
  const groups = [...left, ...Array.from({ length: zeros }, () => 0), ...right];
  return groups.every((group) => group >= 0 && group <= 0xffff) ? groups : null;
}

function addressText(family: 4 | 6, value: bigint): string {
  const [count, bits, radix] = family === 4 ? [4, 8n, 10] : [8, 16n, 16];
  const mask = (1n << bits) - 1n;
  const parts = Array.from({ length: count }, (_, index) => (value >> (bits * BigInt(count - 1 - index))) & mask);
  return parts.map((part) => part.toString(radix)).join(family === 4 ? "." : ":");
}
