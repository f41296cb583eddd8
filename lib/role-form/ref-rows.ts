import type { RefType } from "@/lib/gitlab-ci/claims";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { isPattern } from "@/lib/gitlab-ci/ref-pattern";
import { likes } from "@/lib/iam/policy-value";
import type { RoleDraft } from "./schema";

/** A line of the picker: a ref that exists, a name or pattern that is chosen whether refs match or not, or a subject of the recorded trust. */
export type RefRow =
  | { kind: "ref"; key: string; ref: GitRef; on: boolean }
  | {
      kind: "pattern";
      key: string;
      pattern: string;
      type: RefType | "*";
      /** How many of the refs that GitLab shows; null where it shows none. */
      matches: number | null;
      guarded: boolean;
      on: boolean;
    }
  /** A chosen name that is not among the refs that GitLab shows. */
  | { kind: "missing"; key: string; name: string; type: RefType; on: boolean }
  | { kind: "subject"; key: string; subject: string; on: boolean };

/**
 * What the picker lists for what is typed: the recorded trust's other subjects, chosen patterns, the typed one as branches
 * and as tags, chosen names that are gone, then refs that hold the words or match the pattern; chosen and default refs
 * first. `subjects` are those of the recorded trust, also where they were taken out; `refs` is null where GitLab shows none.
 */
export function refRows(
  refs: readonly GitRef[] | null,
  draft: RoleDraft,
  filter: string,
  subjects: readonly string[] = [],
): RefRow[] {
  const typed = filter.trim();
  const chosen = draft.patterns;
  const offered = isPattern(typed) ? (["branch", "tag"] as const).map((type) => ({ pattern: typed, type })) : [];
  const patterns = [
    ...chosen,
    ...offered.filter((one) => !chosen.some((other) => other.pattern === one.pattern && other.type === one.type)),
  ];
  const shown = (refs ?? []).filter(
    (ref) =>
      typed === "" ||
      (isPattern(typed) ? likes(typed, ref.name) : ref.name.toLowerCase().includes(typed.toLowerCase())),
  );
  const isOn = (ref: GitRef): boolean => draft.refs.some(({ name, type }) => name === ref.name && type === ref.type);
  const rows = shown.map((ref): RefRow => ({ kind: "ref", key: `${ref.type}:${ref.name}`, ref, on: isOn(ref) }));
  return [
    ...[...new Set([...subjects, ...draft.otherSubjects])].map((subject) => subjectRow(subject, draft)),
    ...patterns.map((one) => patternRow(one, refs, draft)),
    ...draft.refs.flatMap((chosenRef) => missingRow(chosenRef, refs ?? [])),
    ...rows.sort((a, b) => rank(a) - rank(b)),
  ];
}

function subjectRow(subject: string, { otherSubjects }: RoleDraft): RefRow {
  return { kind: "subject", key: `subject:${subject}`, subject, on: otherSubjects.includes(subject) };
}

function missingRow({ name, type }: RoleDraft["refs"][number], refs: readonly GitRef[]): RefRow[] {
  const exists = refs.some((ref) => ref.name === name && ref.type === type);
  return exists ? [] : [{ kind: "missing", key: `missing:${type}:${name}`, name, type, on: true }];
}

function patternRow(
  { pattern, type }: RoleDraft["patterns"][number],
  refs: readonly GitRef[] | null,
  draft: RoleDraft,
): RefRow {
  const matching = (refs ?? []).filter((ref) => (type === "*" || ref.type === type) && likes(pattern, ref.name));
  const on = draft.patterns.some((one) => one.pattern === pattern && one.type === type);
  return {
    kind: "pattern",
    key: `pattern:${type}:${pattern}`,
    pattern,
    type,
    matches: refs && matching.length,
    guarded: matching.length > 0 && matching.every((ref) => ref.protected),
    on,
  };
}

function rank(row: RefRow): number {
  if (row.kind !== "ref") return 0;
  if (row.ref.default) return 1;
  if (row.on) return 2;
  return row.ref.protected ? 3 : 4;
}
