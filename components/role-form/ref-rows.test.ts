import { describe, expect, it } from "vitest";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { roleDraftSchema } from "@/lib/role-form/schema";
import { refRows } from "./ref-rows";

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
