import type { RefType } from "@/lib/gitlab-ci/claims";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { isPattern } from "@/lib/gitlab-ci/ref-pattern";
import { likes } from "@/lib/iam/policy-value";
import type { RoleDraft } from "@/lib/role-form/schema";

/** A line of the picker: a ref that exists, or a pattern. */
export type RefRow =
  | { kind: "ref"; key: string; ref: GitRef; on: boolean }
  | { kind: "pattern"; key: string; pattern: string; type: RefType; matches: number; guarded: boolean; on: boolean };

/**
 * What the picker lists for what is typed: chosen patterns, the typed one as branches and as tags, then refs that
 * hold the words or match the pattern; chosen and default refs first.
 */
export function refRows(refs: readonly GitRef[], draft: RoleDraft, filter: string): RefRow[] {
  const typed = filter.trim();
  const chosen = draft.patterns.flatMap(({ pattern, type }) =>
    type === "*" ? [{ pattern, type: "branch" as const }] : [{ pattern, type }],
  );
  const offered = isPattern(typed) ? (["branch", "tag"] as const).map((type) => ({ pattern: typed, type })) : [];
  const patterns = [
    ...chosen,
    ...offered.filter((one) => !chosen.some((other) => other.pattern === one.pattern && other.type === one.type)),
  ];
  const shown = refs.filter(
    (ref) =>
      typed === "" ||
      (isPattern(typed) ? likes(typed, ref.name) : ref.name.toLowerCase().includes(typed.toLowerCase())),
  );
  const isOn = (ref: GitRef): boolean => draft.refs.some(({ name, type }) => name === ref.name && type === ref.type);
  const rows = shown.map((ref): RefRow => ({ kind: "ref", key: `${ref.type}:${ref.name}`, ref, on: isOn(ref) }));
  return [...patterns.map((one) => patternRow(one, refs, draft)), ...rows.sort((a, b) => rank(a) - rank(b))];
}

function patternRow(
  { pattern, type }: { pattern: string; type: RefType },
  refs: readonly GitRef[],
  draft: RoleDraft,
): RefRow {
  const matching = refs.filter((ref) => ref.type === type && likes(pattern, ref.name));
  const on = draft.patterns.some((one) => one.pattern === pattern && (one.type === type || one.type === "*"));
  return {
    kind: "pattern",
    key: `pattern:${type}:${pattern}`,
    pattern,
    type,
    matches: matching.length,
    guarded: matching.length > 0 && matching.every((ref) => ref.protected),
    on,
  };
}

function rank(row: RefRow): number {
  if (row.kind === "pattern") return 0;
  if (row.ref.default) return 1;
  if (row.on) return 2;
  return row.ref.protected ? 3 : 4;
}
