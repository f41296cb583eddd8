import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { lintProjectSchema } from "./lint-project";
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
});
