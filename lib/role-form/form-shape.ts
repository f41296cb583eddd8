import { canonicalJson } from "@/lib/iam/json";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { samePolicy } from "@/lib/iam/policy-schema";

type Json = string | number | boolean | Json[] | { [member: string]: Json | undefined };

/**
 * A policy that a template makes of new values, in the shape in which the one before was written: what the values do not
 * change stays as it was, and what they change keeps list or scalar and its place. `made` is what the template made of
 * the values before, which says the same as `written`.
 */
export function inShapeOf(written: RawPolicy, made: RawPolicy, next: RawPolicy): RawPolicy {
  // The three are JSON of one grammar, and so is what is put together of them.
  const shaped = merged(written as unknown as Json, made as unknown as Json, next as unknown as Json);
  const policy = shaped as unknown as RawPolicy;
  return samePolicy(policy, next) ? policy : next;
}

function merged(written: Json, made: Json, next: Json): Json {
  if (canonicalJson(made) === canonicalJson(next)) return written;
  if (isObject(written) && isObject(made) && isObject(next)) return mergedMembers(written, made, next);
  return [written, made, next].some(Array.isArray) ? mergedList(written, made, next) : next;
}

type Members = Record<string, Json | undefined>;

function mergedMembers(written: Members, made: Members, next: Members): Members {
  const names = [...Object.keys(written), ...Object.keys(next).filter((name) => !Object.hasOwn(written, name))];
  return Object.fromEntries(
    names.flatMap((name) => {
      const [was, old, is] = [written[name], made[name], next[name]];
      if (is === undefined) return [];
      return [[name, was === undefined || old === undefined ? is : merged(was, old, is)] as const];
    }),
  );
}

function mergedList(written: Json, made: Json, next: Json): Json {
  const [was, old, is] = [listOf(written), listOf(made), listOf(next)];
  const isAligned = was.length === old.length && old.length === is.length;
  const values = is.map((value, index) => {
    const at = isAligned ? index : old.findIndex((one) => canonicalJson(one) === canonicalJson(value));
    const [before, from] = [was[at], old[at]];
    return before === undefined || from === undefined ? value : merged(before, from, value);
  });
  const [only] = values;
  return !Array.isArray(written) && values.length === 1 && only !== undefined ? only : values;
}

function listOf(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: Json): value is Members {
  return typeof value === "object" && !Array.isArray(value);
}
