import { describe, expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import { TrustdeskError } from "@/lib/errors";
import { planExample, refusalExamples as refusals } from "./examples";
import type { RefusalData } from "./refusal";
import { refusalDataSchema } from "./refusal-schema";

describe("what a refusal shows", () => {
  it("has one form, for the server that throws it and for the wire", () => {
    expectTypeOf<z.infer<typeof refusalDataSchema>>().branded.toEqualTypeOf<RefusalData>();
    // @ts-expect-error -- what has no kind is not shown
    expect(new TrustdeskError("conflict", "", { data: { plan: planExample } }).details.data).not.toHaveProperty("kind");
  });

  it.each(Object.entries(refusals))("of kind %s is read as it is, and as no other kind", (kind, refusal) => {
    expect(refusalDataSchema.parse(refusal)).toEqual(refusal);
    for (const other of Object.keys(refusals).filter((name) => name !== kind))
      expect(refusalDataSchema.safeParse({ ...refusal, kind: other }).success, `as ${other}`).toBe(false);
  });

  it("is refused without a kind, and with one that there is not", () => {
    const { kind: _kind, ...untagged } = refusals["plan-moved"];
    expect(refusalDataSchema.safeParse(untagged).success).toBe(false);
    expect(refusalDataSchema.safeParse({ ...untagged, kind: "plan-lost" }).success).toBe(false);
  });
});
