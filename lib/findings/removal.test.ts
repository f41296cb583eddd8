import { expect, it } from "vitest";
import type { RefVerdict } from "@/lib/admission/admitted";
import { refOf } from "@/lib/testing/findings";
import { removalFindings } from "./removal";
import { findingSchema } from "./schema";

const admitted = (...names: string[]): RefVerdict[] =>
  names.map((name) => ({ ref: refOf(`branch ${name}`), verdict: "in", by: "exact", because: "" }));
const lastUsedAt = "2026-11-20T08:00:00Z";

it("a role that goes is safe to take away where AWS knows of no use", () => {
  expect(removalFindings({ lastUsedAt: null, admitted: admitted("main") })).toEqual([]);
});

it.each([
  [["a", "b", "c"], "Jobs of a, b, c that assume it fail as soon as it is gone."],
  [["a", "b", "c", "d"], "Jobs of a, b, c and 1 other refs that assume it fail as soon as it is gone."],
  [[], "Whatever assumes it fails as soon as it is gone."],
])("a role that goes is in use where AWS has seen it assumed, and the jobs that fail are named: %j", (names, words) => {
  const [finding] = removalFindings({ lastUsedAt, admitted: admitted(...names) });
  expect(findingSchema.parse(finding)).toMatchObject({
    id: "still-in-use",
    severity: "caution",
    why: `AWS saw it assumed on 2026-11-20. ${words}`,
  });
});
