import { describe, expect, it } from "vitest";
import type { RefVerdict } from "@/lib/admission/admitted";
import type { Finding } from "@/lib/findings/finding";
import type { Judgement } from "./judgement";
import { worseThan } from "./worse";

function finding(id: Finding["id"], names?: string[], severity: Finding["severity"] = "caution"): Finding {
  return { id, severity, title: "", why: "", mend: null, mendId: null, where: "who", ...(names && { names }) };
}

const heavy = (id: Finding["id"]) => finding(id, undefined, "danger");
const verdict = (name: string): RefVerdict => ({
  ref: { name, type: "branch", protected: true, default: false, pushedAt: null, whoMayPush: "maintainers" },
  verdict: "in",
  by: "release/*",
  because: "",
});

function news(findings: Finding[], now: Finding[], ...refs: string[]): Finding["id"][] {
  const after: Judgement["after"] = { kind: "refs", in: refs.map(verdict), untold: [], asked: 9 };
  return worseThan({ findings, after }, { findings: now }).map(({ id }) => id);
}

describe("what nobody has decided on", () => {
  it.each<[string, Finding[], Finding[], Finding["id"][]]>([
    ["a new finding", [], [finding("any-ref")], ["any-ref"]],
    ["a heavier one", [finding("any-ref")], [heavy("any-ref")], ["any-ref"]],
    ["nothing, where it weighs the same", [finding("any-ref")], [finding("any-ref")], []],
    ["nothing, where it weighs less", [heavy("any-ref")], [finding("any-ref")], []],
    ["nothing, where one is gone", [finding("any-ref")], [], []],
    ["a ref that lost its protection", [], [finding("unprotected-ref")], ["unprotected-ref"]],
    ["nothing of refs that nobody saw", [finding("unseen-refs")], [finding("unprotected-ref", ["main"])], []],
    ["another finding, though nobody saw the refs", [finding("unseen-refs")], [finding("any-ref")], ["any-ref"]],
    [
      "somebody more, of a kind that was known",
      [finding("other-account", ["account 1"])],
      [finding("other-account", ["account 1", "account 2"])],
      ["other-account"],
    ],
    [
      "somebody else",
      [finding("other-account", ["account 1"])],
      [finding("other-account", ["account 2"])],
      ["other-account"],
    ],
    [
      "nothing, where somebody is gone",
      [finding("other-account", ["account 1", "account 2"])],
      [finding("other-account", ["account 2"])],
      [],
    ],
    [
      "nothing, where an older version wrote no names down",
      [finding("other-account")],
      [finding("other-account", ["a"])],
      [],
    ],
    ["the lack of a name for it", [], [finding("nobody", [])], ["nobody"]],
  ])("is %s", (_what, decided, now, expected) => expect(news(decided, now)).toEqual(expected));
});

describe("refs of an approved pattern", () => {
  const toCome = finding("ref-to-come", ["a branch that does not exist yet"]);
  const open = (...names: string[]) => finding("unprotected-ref", names);

  it("are no news where somebody makes one, and it was known that any Developer may", () => {
    expect(news([toCome], [toCome, open("release/3")], "release/1")).toEqual([]);
    expect(news([toCome, open("release/2")], [toCome, open("release/2", "release/3")], "release/2")).toEqual([]);
    expect(news([finding("any-ref")], [finding("any-ref"), open("x")])).toEqual([]);
    expect(news([toCome], [toCome, finding("developers-may-push", ["release/3"])])).toEqual([]);
  });

  it("are news where one that got in then has lost its protection", () => {
    expect(news([toCome], [toCome, open("release/1")], "release/1")).toEqual(["unprotected-ref"]);
    expect(news([toCome, open("release/2")], [open("release/1", "release/2")], "release/1", "release/2")).toEqual([
      "unprotected-ref",
    ]);
    expect(news([toCome], [toCome, finding("developers-may-push", ["main"])], "main")).toEqual(["developers-may-push"]);
  });

  it("are news where only Maintainers could make one then", () => {
    expect(news([], [open("release/3")], "release/1")).toEqual(["unprotected-ref"]);
    expect(news([open("release/2")], [open("release/2", "release/3")], "release/2")).toEqual(["unprotected-ref"]);
  });

  it("are news where it is not on record which refs got in then", () => {
    const after: Judgement["after"] = { kind: "untold", because: "GitLab hid it." };
    const now = { findings: [open("release/3")] };
    expect(worseThan({ findings: [toCome], after }, now).map(({ id }) => id)).toEqual(["unprotected-ref"]);
  });
});
