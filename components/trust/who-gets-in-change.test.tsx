// @vitest-environment happy-dom
// @vitest-environment-options {"url":"http://portal.test/requests/r1"}
import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { RefVerdict } from "@/lib/admission/admitted";
import type { WhoGetsIn } from "@/lib/judgement/judgement";
import { onScreen } from "@/lib/testing/on-screen";
import { WhoGetsInChange } from "./who-gets-in-change";

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
const show = (before: WhoGetsIn, after: WhoGetsIn) => onScreen(<WhoGetsInChange before={before} after={after} />, {});
const listed = () =>
  Object.fromEntries(
    screen.queryAllByRole("list").map((list) => [
      list.getAttribute("aria-label"),
      within(list)
        .getAllByRole("listitem")
        .map((item) => item.textContent),
    ]),
  );
const same = () => screen.queryByText("The same branches and tags get in as before.");

it("names whom it was not told of before, and never says that nothing changed for them", () => {
  show(refs(["main"], ["x"]), refs(["main"]));
  expect(listed()).toEqual({ "Still in": ["mainprotected"], "Perhaps in before, no longer in": ["xprotected"] });
  expect(same()).toBeNull();
});

it("names who perhaps got in where nobody does any more", () => {
  show(refs([], ["x"]), { kind: "nobody", because: "the role goes" });
  expect(listed()).toEqual({ "Perhaps in before, no longer in": ["xprotected"] });
});

it("says that it is the same where it surely is", () => {
  show(refs(["main"]), refs(["main"]));
  expect(same()).not.toBeNull();
});

it("names who perhaps got in before where it cannot be told any more", () => {
  show(refs(["main"], ["x"]), { kind: "untold", because: "GitLab hides it." });
  expect(listed()).toEqual({ In: ["mainprotected"], "Cannot be told": ["xprotected"] });
});
