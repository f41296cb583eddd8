import { describe, expect, it } from "vitest";
import { mayCancel, mayPrepare, maySubmit } from "./access";

const platform = { id: "pia", role: "platform-engineer" } as const;
const auditor = { id: "ada", role: "auditor" } as const;
const member = { id: "oleg", role: "member" } as const;
const group = "acme/platform-engineers";

describe("who may make a role", () => {
  it("lets a platform engineer, also one who is no member of the project", () => {
    expect(maySubmit(platform, { accessLevel: 0, archived: false }, group)).toEqual({ ok: true });
  });

  it.each([
    ["an auditor", auditor, 50, "Auditors read"],
    ["a developer", member, 30, "Maintainers"],
    ["a Maintainer", member, 40, "only platform engineers make roles: ask a member of acme/platform-engineers"],
  ] as const)("tells %s why not", (_who, person, accessLevel, reason) => {
    expect(maySubmit(person, { accessLevel, archived: false }, group)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) as string });
  });

  it("makes none for an archived project", () => {
    expect(maySubmit(platform, { accessLevel: 50, archived: true }, group)).toMatchObject({ ok: false });
  });

  it("has AWS read for platform engineers only", () => {
    expect([platform, auditor, member].map((person) => mayPrepare(person).ok)).toEqual([true, false, false]);
  });
});

describe("who may cancel", () => {
  it("is over with the first call to AWS", () => {
    expect(mayCancel(platform, { requesterId: "pia", state: "queued" })).toEqual({ ok: true });
    expect(mayCancel(platform, { requesterId: "pia", state: "applying" })).toMatchObject({ ok: false, reason: expect.stringContaining("first call to AWS") as string });
    expect(mayCancel(platform, { requesterId: "pia", state: "applied" })).toEqual({ ok: false, reason: "The request is applied." });
  });

  it("is nobody else's business, and never an auditor's", () => {
    expect(mayCancel(member, { requesterId: "pia", state: "queued" }).ok).toBe(false);
    expect(mayCancel(auditor, { requesterId: "ada", state: "queued" }).ok).toBe(false);
  });
});
