import { describe, expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import type { RefusalData } from "@/lib/errors";
import { TrustdeskError } from "@/lib/errors";
import { planExample, roleDocumentExample } from "./examples";
import { refusalDataSchema } from "./refusal-schema";

const author = { name: "Pia Okafor", username: "pia" };
/** One of each kind, so that a kind without its schema is missed. */
const refusals: { [Kind in RefusalData["kind"]]: Extract<RefusalData, { kind: Kind }> } = {
  "plan-moved": { kind: "plan-moved", plan: planExample, planDigest: "0".repeat(64) },
  "judgement-moved": { kind: "judgement-moved", judgementDigest: "0".repeat(64) },
  "other-request": {
    kind: "other-request",
    requestId: "r1",
    requester: author,
    plan: planExample,
    diff: [{ kind: "added", text: "x" }],
  },
  "newer-version": {
    kind: "newer-version",
    version: 2,
    author,
    changedAt: "2026-11-20T09:30:00.000Z",
    document: roleDocumentExample,
  },
  problems: {
    kind: "problems",
    problems: [{ field: "roleName", reason: "It is taken.", roleArn: planExample.roleArn }],
  },
};

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
