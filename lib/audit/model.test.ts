import { describe, expect, it } from "vitest";
import { auditActions, auditSentence } from "./model";

describe("auditSentence", () => {
  it.each(auditActions)("tells %s with who did it and no gap where something is unknown", (action) => {
    const sentence = auditSentence({ action, actor: { name: "Pia Okafor" } });
    expect(sentence).toMatch(/^Pia Okafor \w/);
    expect(sentence).not.toMatch(/undefined|null| {2}|: *$/);
  });

  it("tells an action of another version by its name", () => {
    expect(auditSentence({ action: "toString", actor: { name: "Pia" } })).toBe("Pia: toString");
  });
});
