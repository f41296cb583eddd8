// @vitest-environment happy-dom
// @vitest-environment-options {"url":"http://portal.test/requests/r1"}
import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { RefVerdict } from "@/lib/admission/admitted";
import type { BeyondChange } from "@/lib/admission/beyond-change";
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
const show = (before: WhoGetsIn, after: WhoGetsIn, beyond?: BeyondChange) =>
  onScreen(<WhoGetsInChange before={before} after={after} beyond={beyond} />, {});
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

const beyond: BeyondChange = {
  gained: [
    { words: "a branch that does not exist yet, as x", who: "any Developer of acme/shop", when: null, sure: true },
    { words: "account 1", who: "account 1", when: "the call comes from 203.0.113.0/24", sure: true },
  ],
  lost: [{ words: "merge requests of acme/shop", who: "not known", when: null, sure: false }],
};
const beyondListed = {
  "Beyond these, newly let in": [
    "a branch that does not exist yet, as x. Who can make such a call: any Developer of acme/shop.",
    "account 1, when the call comes from 203.0.113.0/24.",
  ],
  "Beyond these, no longer let in": ["Perhaps merge requests of acme/shop. Who can make such a call: not known."],
};

it("says who else is let in or shut out, and who can make such a call, where the branches stay the same", () => {
  show(refs(["main"]), refs(["main"]), beyond);
  expect(listed()).toEqual({ "Still in": ["mainprotected"], ...beyondListed });
});

it("says so as well where GitLab hides the branches", () => {
  show(refs(["main"]), { kind: "untold", because: "GitLab hides it." }, beyond);
  expect(listed()).toEqual({ In: ["mainprotected"], ...beyondListed });
});

it("has no list where nobody else is let in or shut out", () => {
  show(refs(["main"]), refs(["main"]), { gained: [], lost: [] });
  expect(Object.keys(listed())).toEqual(["Still in"]);
});
