import { describe, expect, it } from "vitest";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { withSubject } from "./draft-choices";
import { refRows } from "./ref-rows";
import { roleDraftSchema } from "./schema";

const ref = (name: string, type: GitRef["type"], more: Partial<GitRef> = {}): GitRef => ({
  name,
  type,
  default: false,
  protected: false,
  pushedAt: null,
  whoMayPush: "developers",
  ...more,
});
const refs = [
  ref("main", "branch", { default: true, protected: true }),
  ref("v1", "branch", { protected: true }),
  ref("v2", "branch"),
  ref("v10", "branch"),
  ref("v", "branch"),
  ref("V1", "branch"),
  ref("a/b", "branch"),
  ref("v1", "tag"),
];
const draft = roleDraftSchema.parse({ projectId: 1 });
const rows = (filter: string) => refRows(refs, draft, filter);
const hiddenRows = (more: object) => refRows(null, { ...draft, ...more }, "");
const branchesOf = (filter: string) =>
  rows(filter).flatMap((row) => (row.kind === "pattern" && row.type === "branch" ? [row.matches] : []));

describe("a typed pattern lists and counts what IAM's StringLike takes (IAM user guide: string condition operators)", () => {
  it.each([
    ["v?", 2],
    ["v??", 1],
    ["?", 1],
    ["v*", 4],
    ["a?b", 1],
    ["?ain", 1],
    ["x?", 0],
  ])("%s: %i branches now", (pattern, count) => {
    expect(branchesOf(pattern)).toEqual([count]);
    expect(rows(pattern).filter((row) => row.kind === "ref" && row.ref.type === "branch")).toHaveLength(count);
  });

  it("is called guarded only when every ref that ? lets in is protected", () => {
    const guarded = (pattern: string) =>
      rows(pattern).flatMap((row) => (row.kind === "pattern" && row.type === "branch" ? [row.guarded] : []));
    expect([guarded("v?"), guarded("mai?")]).toEqual([[false], [true]]);
  });
});

describe("what a recorded trust takes", () => {
  const recorded = {
    ...draft,
    refs: [{ name: "gone", type: "branch" as const }],
    patterns: [{ pattern: "v*", type: "*" as const }],
    otherSubjects: ["project_path:acme/*"],
  };

  it("is listed though GitLab has no such ref, and can be taken out and kept after all", () => {
    const listed = refRows(refs, recorded, "", recorded.otherSubjects).filter(({ kind }) => kind !== "ref");
    expect(listed).toMatchObject([
      { kind: "subject", subject: "project_path:acme/*", on: true },
      { kind: "pattern", pattern: "v*", type: "*", matches: 5, on: true },
      { kind: "missing", name: "gone", type: "branch", on: true },
    ]);
    const without = withSubject(recorded, "project_path:acme/*", false);
    expect(refRows(refs, without, "", recorded.otherSubjects)[0]).toMatchObject({ kind: "subject", on: false });
    expect(withSubject(without, "project_path:acme/*", true)).toEqual(recorded);
  });
});

it("counts no refs that GitLab does not show", () => {
  expect(hiddenRows({ patterns: [{ pattern: "v*", type: "branch" }] })).toMatchObject([
    { kind: "pattern", matches: null, guarded: false },
  ]);
  expect(hiddenRows({ refs: [{ name: "main", type: "branch" }] })).toMatchObject([{ kind: "missing", name: "main" }]);
});
