import { describe, expect, it } from "vitest";
import type { RefVerdict } from "@/lib/admission/admitted";
import { whoChanged } from "./change";
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
const names = (changed: ReturnType<typeof whoChanged>) =>
  changed &&
  Object.fromEntries(
    Object.entries(changed).map(([key, list]) => [key, (list as RefVerdict[]).map((one) => one.ref.name)]),
  );

describe("what a change does to who gets in", () => {
  it("is told by name", () => {
    expect(names(whoChanged(refs(["a", "b"]), refs(["b", "c"])))).toEqual({
      lost: ["a"],
      gained: ["c"],
      kept: ["b"],
      perhaps: [],
    });
    expect(names(whoChanged(refs(["a"]), nobody))).toMatchObject({ lost: ["a"], kept: [] });
  });

  it("does not call lost what cannot be told", () => {
    expect(names(whoChanged(refs(["a"]), refs([], ["a", "b"])))).toEqual({
      lost: [],
      gained: [],
      kept: [],
      perhaps: ["a", "b"],
    });
  });

  it("is no change where one of the two is not told", () => {
    const untold: WhoGetsIn = { kind: "untold", because: "GitLab hides it." };
    expect(whoChanged(untold, refs(["a"]))).toBeNull();
    expect(whoChanged(refs(["a"]), untold)).toBeNull();
  });
});
