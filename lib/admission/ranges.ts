import type { Pattern } from "@/lib/language/pattern";
import { many, nothing, one, optional, sequence } from "@/lib/language/pattern";
import type { ToldSet } from "./literal";

type RangeSet = Exclude<ToldSet, { kind: "texts" }>;

/** What a set is about; of a text of another kind no page says whether it is in the set. */
export function kindOf(set: ToldSet): "texts" | "number" | "moment" | "address" {
  return set.kind === "range" ? set.of : set.kind === "addresses" ? "address" : "texts";
}

const digits = "0123456789";
const someDigits = sequence(one({ only: digits }), many({ only: digits }));

/** All texts that can stand for one of the set's kind, for a moment or an address with some that cannot. */
export function readableBy(set: ToldSet): Pattern {
  switch (kindOf(set)) {
    case "number":
      return sequence(optional(one({ only: "+-" })), someDigits, optional(sequence(one({ only: "." }), someDigits)));
    case "moment":
      return many({ only: `${digits}+-.:TZ` });
    case "address":
      return many({ only: `${digits}abcdefABCDEF.:` });
    case "texts":
      return (set.kind === "texts" && set.reads) || nothing;
  }
}

/** Texts at the ends of the ranges, beside them, between them, and far from all of them. */
export function candidatesOf(sets: readonly ToldSet[]): string[] {
  const ranges = sets.flatMap((set) => (set.kind === "texts" ? [] : [set]));
  return [
    ...new Set([...ranges.flatMap(around), ...(["number", "moment"] as const).flatMap((of) => between(of, ranges))]),
  ];
}

const beside = { number: [0, 0.5, -0.5, 1, -1], moment: [0, 1000, -1000] };

function endsOf(set: RangeSet): number[] {
  return set.kind === "range" ? [set.from.at, set.to.at].filter(Number.isFinite) : [];
}

/** Halfway from each end to the next. */
function between(of: "number" | "moment", ranges: readonly RangeSet[]): string[] {
  const ends = ranges.filter((set) => kindOf(set) === of).flatMap(endsOf);
  const sorted = [...new Set(ends)].sort((a, b) => a - b);
  return sorted.slice(1).map((end, at) => valueText(of, ((sorted[at] ?? end) + end) / 2));
}

function valueText(of: "number" | "moment", value: number): string {
  return of === "number" ? String(value) : new Date(value).toISOString();
}

/** Of both families: one that is outside of all addresses of the one is of the other (RFC 5737 and 3849). */
const usualAddresses = ["203.0.113.7", "2001:db8:0:0:0:0:0:7"];

function around(set: RangeSet): string[] {
  if (set.kind === "addresses") {
    const most = set.family === 4 ? 0xffffffffn : (1n << 128n) - 1n;
    const own = [set.from, set.to, set.from - 1n, set.to + 1n].filter((value) => value >= 0n && value <= most);
    return [...own.map((value) => addressText(set.family, value)), ...usualAddresses, addressText(set.family, 0n)];
  }
  return endsOf(set).flatMap((end) => beside[set.of].map((step) => valueText(set.of, end + step)));
}

function addressText(family: 4 | 6, value: bigint): string {
  const [count, bits, radix] = family === 4 ? [4, 8n, 10] : [8, 16n, 16];
  const mask = (1n << bits) - 1n;
  const parts = Array.from({ length: count }, (_, index) => (value >> (bits * BigInt(count - 1 - index))) & mask);
  return parts.map((part) => part.toString(radix)).join(family === 4 ? "." : ":");
}
