import { describe, expect, it } from "vitest";
import type { GoalKind } from "@/lib/plan/goal-words";
import { goalKinds } from "@/lib/plan/goal-words";
import type { Claim, GroundFacts } from "./grounds";
import { standsOn } from "./grounds";

const claim: Claim = { kind: "create", rule: "approval", projectPath: "acme/shop" };
const facts: GroundFacts = {
  requester: { name: "Oleg", role: "member", accessLevel: 40 },
  approvers: [{ name: "Pia", role: "platform-engineer" }],
  project: { path: "acme/shop", standstill: null },
  worse: [],
};
const pin = {
  id: "no-immutable-pin" as const,
  severity: "caution" as const,
  title: "Held to a name only",
  why: "",
  mend: null,
  mendId: null,
  where: "who" as const,
};
const refusedKinds = (changes: Partial<GroundFacts>): GoalKind[] =>
  goalKinds.filter((kind) => !standsOn({ ...claim, kind }, { ...facts, ...changes }).ok);

describe("what a request stands on", () => {
  it("is enough while nothing has changed", () => {
    expect(refusedKinds({})).toEqual([]);
    expect(refusedKinds({ approvers: null })).toEqual([]);
  });

  it("is gone for a Developer, and for whoever is no platform engineer any more", () => {
    expect(standsOn(claim, { ...facts, requester: { name: "Oleg", role: null, accessLevel: 30 } })).toEqual({
      ok: false,
      reason: "Oleg is not a Maintainer of the project any more.",
    });
    const own: Claim = { ...claim, rule: "platform-engineer" };
    const pia = { name: "Pia", role: "platform-engineer" as const, accessLevel: 0 };
    expect(standsOn(own, { ...facts, requester: pia, approvers: [] })).toEqual({ ok: true });
    expect(standsOn(own, { ...facts, requester: { ...pia, role: "member" } })).toEqual({
      ok: false,
      reason: "Pia is not a platform engineer any more.",
    });
  });

  it("needs an approval of this very plan, by somebody who still may", () => {
    expect(standsOn(claim, { ...facts, approvers: [] })).toEqual({ ok: false, reason: "Nobody approved this plan." });
    expect(standsOn(claim, { ...facts, approvers: [{ name: "Pia", role: "auditor" }] })).toEqual({
      ok: false,
      reason: "Pia is not a platform engineer any more.",
    });
  });

  it("is not carried out under the old path of a project that moved, and still taken away", () => {
    expect(refusedKinds({ project: { path: "evil/shop", standstill: null } })).toEqual(["create", "edit"]);
    expect(standsOn(claim, { ...facts, project: { path: "evil/shop", standstill: null } })).toEqual({
      ok: false,
      reason: "The project has moved to evil/shop; the plan is about acme/shop.",
    });
  });

  it("is of no use to an archived project, but for mending and taking away", () => {
    expect(refusedKinds({ project: { path: "acme/shop", standstill: "It is archived." } })).toEqual(["create", "edit"]);
  });

  it("is not told where GitLab hides the project: then a platform engineer may take away, and nothing else", () => {
    expect(refusedKinds({ project: null })).toEqual([...goalKinds]);
    const pia = { name: "Pia", role: "platform-engineer" as const, accessLevel: 0 };
    const asPia = (kind: GoalKind) =>
      standsOn({ ...claim, kind, rule: "platform-engineer" }, { ...facts, requester: pia, project: null });
    expect(goalKinds.filter((kind) => !asPia(kind).ok)).toEqual(["create", "edit", "restore", "adopt"]);
    expect(asPia("create")).toEqual({
      ok: false,
      reason: "GitLab does not show the project acme/shop to Trustdesk any more.",
    });
  });

  it("has become worse only where something is opened", () => {
    expect(refusedKinds({ worse: [pin] })).toEqual(["create", "edit", "restore", "adopt"]);
    expect(standsOn(claim, { ...facts, worse: [pin] })).toMatchObject({
      reason: "What it means has become worse since it was decided: Held to a name only.",
    });
  });
});
