import { describe, expect, it } from "vitest";
import { whatMay } from "./access";

const engineer = { role: "platform-engineer" } as const;
const maintained = { accessLevel: 40, standstill: null };
const recorded = { removedAt: null, liveState: "same", drift: [], underWay: null } as const;
const provider = { what: "provider", sentence: "", ours: null, theirs: null } as const;
const trust = { ...provider, what: "trust-policy" } as const;

/** What is not refused. */
const allowed = (role: Partial<Parameters<typeof whatMay>[1]>, person: Parameters<typeof whatMay>[0] = engineer) =>
  Object.entries(whatMay(person, { ...recorded, ...role }, maintained, "acme/platform")).flatMap(([what, { ok }]) =>
    ok ? [what] : [],
  );
const reasonFor = (what: "edit" | "adopt" | "restore", role: Partial<Parameters<typeof whatMay>[1]>) => {
  const decision = whatMay(engineer, { ...recorded, ...role }, maintained, "acme/platform")[what];
  return decision.ok ? null : decision.reason;
};

describe("what may be asked for about a role", () => {
  it.each([
    ["that AWS holds as recorded", {}, ["edit", "remove", "check"]],
    [
      "whose trust was changed in AWS",
      { liveState: "drifted", drift: [trust] },
      ["edit", "remove", "restore", "adopt", "check"],
    ],
    ["whose provider is gone", { liveState: "drifted", drift: [provider] }, ["edit", "remove", "restore", "check"]],
    [
      "that somebody deleted and made again",
      { liveState: "drifted", drift: [{ ...provider, what: "replaced" }] },
      ["adopt", "check"],
    ],
    ["that is gone", { liveState: "gone", drift: [{ ...provider, what: "role" }] }, ["remove", "restore", "check"]],
    ["that was removed", { removedAt: new Date(0) }, []],
  ] as const)("%s", (_what, role, expected) => {
    expect(allowed(role)).toEqual(expected);
  });

  it("says what to do instead", () => {
    expect(reasonFor("edit", { liveState: "gone" })).toBe(
      "AWS holds this role no more: put ours back first, or remove it.",
    );
    expect(reasonFor("adopt", { liveState: "drifted", drift: [provider] })).toBe(
      "The role itself is as recorded; “Put ours back” mends the account's provider.",
    );
    expect(reasonFor("restore", {})).toBe("AWS agrees with the recorded version.");
  });

  it("lets an auditor look, and no more", () => {
    expect(allowed({ liveState: "drifted", drift: [trust] }, { role: "auditor" })).toEqual(["check"]);
  });
});
