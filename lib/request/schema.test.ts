import { expect, it } from "vitest";
import { unjudged } from "./model";
import { approveSchema, submitChangeSchema } from "./schema";

const id = "0198f0f0-0000-7000-8000-000000000000";
const planDigest = "a".repeat(64);
const change = { kind: "restore", roleId: id };
const reasons = (schema: typeof approveSchema | typeof submitChangeSchema, input: object) =>
  schema.safeParse(input).error?.issues.map(({ message }) => message) ?? null;

it.each([undefined, null, "", "b".repeat(63)])(
  "takes nothing whose meaning nobody was told (%j)",
  (judgementDigest) => {
    expect(reasons(approveSchema, { id, planDigest, judgementDigest })).toEqual([unjudged]);
    expect(reasons(submitChangeSchema, { change, planDigest, judgementDigest })).toEqual([unjudged]);
  },
);

it("takes what was told", () => {
  expect(reasons(approveSchema, { id, planDigest, judgementDigest: "b".repeat(64) })).toBeNull();
});
