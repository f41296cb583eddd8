import { describe, expect, it } from "vitest";
import { mayPrepare } from "@/lib/role-form/access";
import { mayReadAws } from "@/lib/snapshot/access";
import { mayCancel, mayDecide, mayGoOn, mayReplace, maySubmit, mayUndo, mayWithdraw, ruleFor } from "./access";
import { requestStates } from "./model";

const platform = { id: "pia", role: "platform-engineer" } as const;
const auditor = { id: "ada", role: "auditor" } as const;
const member = { id: "oleg", role: "member" } as const;
const group = "acme/platform-engineers";

describe("who may ask for a role", () => {
  it("lets a platform engineer, also one who is no member of the project, and without approval", () => {
    expect(maySubmit(platform, { accessLevel: 0, standstill: null }, group)).toEqual({ ok: true });
    expect(ruleFor(platform)).toBe("platform-engineer");
  });

  it("lets a Maintainer, whose request has to be approved", () => {
    expect(maySubmit(member, { accessLevel: 40, standstill: null }, group)).toEqual({ ok: true });
    expect(ruleFor(member)).toBe("approval");
  });

  it.each([
    ["an auditor", auditor, 50, "Auditors read"],
    ["a developer", member, 30, "asked for by the project's Maintainers"],
  ] as const)("tells %s why not", (_who, person, accessLevel, reason) => {
    expect(maySubmit(person, { accessLevel, standstill: null }, group)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason) as string,
    });
  });

  it("makes none for an archived project", () => {
    expect(maySubmit(platform, { accessLevel: 50, standstill: "The project is archived." }, group)).toMatchObject({
      ok: false,
    });
  });

  it("keeps what an owner types, and has AWS read for who is Maintainer of something", () => {
    expect([platform, auditor, member].map((person) => mayPrepare(person).ok)).toEqual([true, false, true]);
    expect([mayReadAws(member, true).ok, mayReadAws(member, false).ok, mayReadAws(auditor, true).ok]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("who may cancel", () => {
  it("is over with the first call to AWS", () => {
    expect(mayCancel(platform, { requesterId: "pia", state: "queued" })).toEqual({ ok: true });
    expect(mayCancel(platform, { requesterId: "pia", state: "applying" })).toMatchObject({
      ok: false,
      reason: expect.stringContaining("first call to AWS") as string,
    });
    expect(mayCancel(platform, { requesterId: "pia", state: "applied" })).toEqual({
      ok: false,
      reason: "The request is applied.",
    });
  });

  it("is nobody else's business, and never an auditor's", () => {
    expect(mayCancel(member, { requesterId: "pia", state: "queued" }).ok).toBe(false);
    expect(mayCancel(auditor, { requesterId: "ada", state: "queued" }).ok).toBe(false);
  });
});

describe("who may decide", () => {
  it("is a platform engineer, never the requester", () => {
    expect(mayDecide(platform, { requesterId: "oleg", state: "requested" })).toEqual({ ok: true });
    expect(mayDecide(platform, { requesterId: "pia", state: "requested" })).toMatchObject({
      ok: false,
      reason: expect.stringContaining("Nobody decides their own request") as string,
    });
    expect(
      [member, auditor].map((person) => mayDecide(person, { requesterId: "dora", state: "requested" }).ok),
    ).toEqual([false, false]);
  });

  it("has nothing to decide in any other state, and is told which", () => {
    for (const state of requestStates.filter((one) => one !== "requested"))
      expect(mayDecide(platform, { requesterId: "oleg", state }).ok).toBe(false);
  });
});

describe("who may go on from a request", () => {
  it("lets its requester withdraw it while it waits, and ask again unless it is under way or applied", () => {
    expect(requestStates.filter((state) => mayWithdraw(member, { requesterId: "oleg", state }).ok)).toEqual([
      "requested",
    ]);
    expect(requestStates.filter((state) => mayReplace(member, { requesterId: "oleg", state }, null).ok)).toEqual([
      "requested",
      "rejected",
      "withdrawn",
      "failed",
      "cancelled",
    ]);
    expect([
      mayWithdraw(platform, { requesterId: "oleg", state: "requested" }).ok,
      mayReplace(platform, { requesterId: "oleg", state: "requested" }, null).ok,
    ]).toEqual([false, false]);
  });

  it("is not asked again where another one followed that did not come to nothing", () => {
    expect(mayReplace(member, { requesterId: "oleg", state: "rejected" }, { id: "next" })).toMatchObject({
      ok: false,
      reason: expect.stringContaining("goes on from this one already") as string,
    });
  });

  it.each([
    ["every call was refused", [{ state: "failed", failure: { refused: true } }, { state: "skipped" }], false, false],
    ["a worker died with a call on its way", [{ state: "intent" }, { state: "skipped" }], false, true],
    ["an answer was lost", [{ state: "failed", failure: { code: "TimeoutError" } }], false, true],
    [
      "a call was made before the refused one",
      [{ state: "done" }, { state: "failed", failure: { refused: true } }],
      false,
      true,
    ],
    ["an earlier try may have made something", [{ state: "failed", failure: { refused: true } }], true, true],
  ])("undoes only what may have changed AWS: %s", (_what, steps, goesOn, ok) => {
    expect(mayUndo(platform, { requesterId: "oleg", state: "failed", kind: "create", steps, goesOn }, null).ok).toBe(
      ok,
    );
  });

  it("tries a failed one again or undoes it, once", () => {
    expect(requestStates.filter((state) => mayGoOn(member, { requesterId: "oleg", state }, null).ok)).toEqual([
      "failed",
    ]);
    expect(mayGoOn(platform, { requesterId: "oleg", state: "failed" }, { id: "next" })).toMatchObject({
      ok: false,
      reason: expect.stringContaining("goes on from this one already") as string,
    });
  });
});
