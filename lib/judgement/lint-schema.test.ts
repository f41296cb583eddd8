import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { lintProjectSchema, readLintProject } from "./lint-project";
import { comparisonSchema, lintReportSchema, tokenReportSchema } from "./lint-schema";

const schemas: [string, z.ZodType][] = [
  ["LintProject", lintProjectSchema],
  ["LintReport", lintReportSchema],
  ["Comparison", comparisonSchema],
  ["TokenReport", tokenReportSchema],
];

describe("what scripts are told of the shapes", () => {
  it.each(schemas)("%s has an example, which is one by its schema", (title, schema) => {
    const { title: told, examples = [] } = schema.meta() ?? {};
    expect([told, examples]).toEqual([title, [expect.anything()]]);
    const each: unknown[] = Array.isArray(examples) ? examples : [];
    for (const example of each) expect(schema.safeParse(example).error).toBeUndefined();
  });

  it("reads a project as what it can mint, and what is not there as not known", () => {
    const [example] = Object.values(lintProjectSchema.meta()?.examples ?? {});
    expect(readLintProject(example)).toMatchObject({
      ok: true,
      project: {
        id: "7301",
        components: ["project_path", "ref_type", "ref"],
        refs: [
          { name: "main", type: "branch", protected: true },
          { name: "feature/x", type: "branch", protected: false },
          { name: "v1.0", type: "tag", protected: false },
        ],
        protectedBranches: [{ name: "main", push: 40, merge: 40 }],
        protectedTags: [{ name: "v*", create: null }],
        gitlabVersion: null,
        audiences: null,
      },
    });
    const bare = { issuer: "https://gitlab.com", project: { path: "acme/shop", id: 7301 } };
    expect(readLintProject(bare)).toMatchObject({
      ok: true,
      project: { refs: null, protectedBranches: null, protectedTags: null, namespaceId: null },
    });
    expect(readLintProject({ ...bare, protectedBranches: [] })).toMatchObject({ project: { protectedBranches: [] } });
  });
});
