import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { Evaluation, StatementResult } from "@/lib/iam/evaluate";
import { likes } from "@/lib/iam/policy-value";
import { refOfSubject } from "@/lib/iam/subject-conditions";

/** Why a ref stays out, and how far from being let in it is; 0 is nearest. */
export interface NearMiss {
  because: string;
  distance: number;
}

/** What a ref that a trust denies lacks, by the statement that comes nearest to letting it in. */
export function nearMiss(ref: GitRef, { statements, why }: Evaluation, issuer: string): NearMiss {
  const denied = statements.find(({ effect, verdict }) => effect === "Deny" && verdict === "matches");
  if (denied) return { because: why, distance: 1000 };
  const near = statements
    .filter(({ effect, counterpartOk, actionOk }) => effect === "Allow" && counterpartOk && actionOk)
    .sort((a, b) => failures(a) - failures(b))[0];
  if (!near) return { because: "No statement lets this GitLab's pipelines in.", distance: 1000 };
  const wanted = subjectConditions(near, issuer)
    .filter(({ ok }) => ok === false)
    .flatMap(({ expected }) => expected);
  const others = near.conditions.filter(({ ok, key }) => ok === false && !key.toLowerCase().endsWith(":sub"));
  const [other] = others;
  if (wanted.length === 0 && other) return { because: otherReason(other.key, other.why, ref), distance: others.length };
  const { name, distance } = nearest(ref.name, wanted);
  return { because: subjectReason(ref, name, wanted), distance: 10 + others.length + distance };
}

function otherReason(key: string, why: string, ref: GitRef): string {
  if (key.toLowerCase().endsWith(":ref_protected"))
    return `The ${ref.type} is not protected, and the trust asks for a protected one.`;
  return why;
}

function subjectReason(ref: GitRef, name: string | null, wanted: readonly string[]): string {
  if (name === null) return "Its subject is not one that the trust names.";
  const [value = ""] = wanted.filter((candidate) => refOfSubject(candidate) === name);
  const type = /(?:^|:)ref_type:(branch|tag)(?=:|$)/.exec(value)?.[1];
  if (likes(name, ref.name) && type !== undefined && type !== ref.type)
    return `It is a ${ref.type}; the trust names the ${type} ${name}.`;
  if (likes(name, ref.name)) return "Its name fits, but the rest of its subject does not.";
  if (likes(name.toLowerCase(), ref.name.toLowerCase())) return `It differs from ${name} in case, and case counts.`;
  return `Its name is not ${name}${wanted.length > 1 ? ", nor any other that the trust names" : ""}.`;
}

/** Of the refs that the subjects name, the one whose name is closest, and by how many letters. */
function nearest(ref: string, subjects: readonly string[]): { name: string | null; distance: number } {
  const names = subjects.flatMap((subject) => refOfSubject(subject) ?? []);
  const ranked = names
    .map((name) => ({ name, distance: likes(name, ref) ? 0 : editDistance(ref, name.replace(/[*?]/g, "")) }))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0] ?? { name: null, distance: 500 };
}

/** How far a name is from the nearest of those wanted, roughly: 0 for one that fits or differs in case alone. */
export function roughDistance(name: string, wanted: readonly string[]): number {
  const lower = name.toLowerCase();
  return Math.min(
    500,
    ...wanted.map((pattern) => {
      const plain = pattern.toLowerCase();
      if (plain === lower) return 0;
      let shared = 0;
      while (shared < plain.length && plain[shared] === lower[shared]) shared += 1;
      return Math.max(plain.length, lower.length) - shared;
    }),
  );
}

/** Levenshtein's distance of the first 60 characters. */
function editDistance(a: string, b: string): number {
  const right = b.slice(0, 60);
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, left] of Array.from(a.slice(0, 60)).entries()) {
    const next = [i + 1];
    for (let j = 0; j < right.length; j += 1)
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (left === right[j] ? 0 : 1)));
    row = next;
  }
  return row[right.length] ?? 0;
}

function subjectConditions(statement: StatementResult | undefined, issuer: string): StatementResult["conditions"] {
  const key = `${providerUrlPath(issuer)}:sub`.toLowerCase();
  return statement?.conditions.filter((condition) => condition.key.toLowerCase() === key) ?? [];
}

function failures({ conditions }: StatementResult): number {
  return conditions.filter(({ ok }) => ok === false).length;
}
