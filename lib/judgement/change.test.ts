import { describe, expect, it } from "vitest";
import type { RefVerdict } from "@/lib/admission/admitted";
import { isSameAsBefore, whoChanged } from "./change";
import type { WhoGetsIn } from "./judgement";

const verdict = (name: string, answer: "in" | "untold"): RefVerdict => ({
  ref: { name, type: "branch", protected: true, default: false, pushedAt: null, whoMayPush: "maintainers" },
  verdict: answer,
  by: "exact",
  because: "",
});
const refs = (surely: string[], perhaps: string[] = []): WhoGetsIn => ({
  kind: "refs",
  in: surely.map((name) => verdict(name, "in")),
  untold: perhaps.map((name) => verdict(name, "untold")),
  asked: null,
});
const nobody: WhoGetsIn = { kind: "nobody", because: "the role goes" };
/** Only the groups that name somebody. */
const names = (changed: ReturnType<typeof whoChanged>) =>
  changed &&
  Object.fromEntries(
    Object.entries(changed)
      .map(([key, list]): [string, string[]] => [key, (list as RefVerdict[]).map((one) => one.ref.name)])
      .filter(([, list]) => list.length > 0),
  );

describe("what a change does to who gets in", () => {
  it("is told by name", () => {
    expect(names(whoChanged(refs(["a", "b"]), refs(["b", "c"])))).toEqual({
      lost: ["a"],
      gained: ["c"],
      kept: ["b"],
    });
    expect(names(whoChanged(refs(["a"]), nobody))).toEqual({ lost: ["a"] });
    expect(names(whoChanged(nobody, refs(["a"])))).toEqual({ gained: ["a"] });
  });

  it("does not call lost what cannot be told", () => {
    expect(names(whoChanged(refs(["a"]), refs([], ["a", "b"])))).toEqual({ unsettled: ["a"], perhapsGained: ["b"] });
  });

  it("does not call out what could not be told before", () => {
    expect(names(whoChanged(refs([], ["a"]), refs([])))).toEqual({ perhapsLost: ["a"] });
    expect(names(whoChanged(refs([], ["a"]), nobody))).toEqual({ perhapsLost: ["a"] });
    expect(names(whoChanged(refs([], ["a"]), refs(["a"])))).toEqual({ settled: ["a"] });
    expect(names(whoChanged(refs([], ["a"]), refs([], ["a"])))).toEqual({ open: ["a"] });
  });

  it("is none only where everybody is surely in before and now", () => {
    const isSame = (before: WhoGetsIn, after: WhoGetsIn) => {
      const changed = whoChanged(before, after);
      return changed && isSameAsBefore(changed);
    };
    expect(isSame(refs(["a"]), refs(["a"]))).toBe(true);
    expect(isSame(refs(["a"]), refs([]))).toBe(false);
    expect(isSame(refs([]), refs(["a"]))).toBe(false);
    expect(isSame(refs(["a"], ["b"]), refs(["a"]))).toBe(false);
    expect(isSame(refs(["a"], ["b"]), refs(["a", "b"]))).toBe(false);
    expect(isSame(refs(["a"]), refs(["a"], ["b"]))).toBe(false);
    expect(isSame(refs(["a", "b"]), refs(["a"], ["b"]))).toBe(false);
    expect(isSame(refs(["a"], ["b"]), refs(["a"], ["b"]))).toBe(false);
  });

  it("is no change where one of the two is not told", () => {
    const untold: WhoGetsIn = { kind: "untold", because: "GitLab hides it." };
    expect(whoChanged(untold, refs(["a"]))).toBeNull();
    expect(whoChanged(refs(["a"]), untold)).toBeNull();
  });
});
