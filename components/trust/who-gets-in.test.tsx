// @vitest-environment happy-dom
// @vitest-environment-options {"url":"http://portal.test/projects/7/roles/new"}
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { RefVerdict } from "@/lib/admission/admitted";
import type { AnyoneElse } from "@/lib/judgement/judgement";
import { onScreen } from "@/lib/testing/on-screen";
import { WhoGetsIn } from "./who-gets-in";

const verdict = (name: string, answer: "in" | "untold"): RefVerdict => ({
  ref: { name, type: "branch", protected: true, default: false, pushedAt: null, whoMayPush: "maintainers" },
  verdict: answer,
  by: "exact",
  because: answer === "in" ? "" : "Only when the call comes from 203.0.113.0/24.",
});
const toCome: AnyoneElse = {
  kind: "other-branch",
  words: "branches like release/* that do not exist yet",
  who: "maintainers of acme/shop",
  sure: true,
  when: null,
  witness: { principal: "arn", claims: { sub: "project_path:acme/shop:ref_type:branch:ref:release/a" } },
};
const mergeRequest: AnyoneElse = {
  ...{ kind: "merge-request", words: "merge requests of acme/shop", who: "any Developer of acme/shop" },
  ...{ sure: true, when: null, witness: null },
};
const account: AnyoneElse = {
  ...{
    kind: "account",
    words: "every principal of account 111122223333",
    who: "every principal of account 111122223333",
  },
  ...{ sure: false, when: "the call comes from 203.0.113.0/24", witness: null },
};

function shown(refs: RefVerdict[], others: AnyoneElse[]) {
  const who = {
    kind: "refs" as const,
    in: refs.filter((one) => one.verdict === "in"),
    untold: refs.filter((one) => one.verdict === "untold"),
    asked: 9,
  };
  onScreen(<WhoGetsIn who={who} others={others} />, {});
}

const comers = () => screen.getByRole("list", { name: /^And whoever comes/ });

describe("who gets in beside the refs that exist", () => {
  it("names an example of what may be pushed, and who may", () => {
    shown([], [toCome]);
    const row = within(comers()).getByRole("listitem");
    expect(within(row).getByLabelText("in")).toBeTruthy();
    expect(row.textContent).toContain("release/a");
    expect(row.textContent).toContain("branches like release/* that do not exist yet: maintainers of acme/shop");
    expect(screen.getByText("No branch or tag that exists now gets in.")).toBeTruthy();
  });

  it("shows what cannot be told as neither in nor out, with its circumstances, and says each caller once", () => {
    shown([verdict("main", "untold")], [account]);
    const row = within(comers()).getByRole("listitem");
    expect(within(row).getByLabelText("cannot be told")).toBeTruthy();
    expect(row.textContent).toContain("Only when the call comes from 203.0.113.0/24");
    expect(row.textContent?.match(/111122223333/g)).toHaveLength(1);
    expect(screen.getByText("Only when the call comes from 203.0.113.0/24.")).toBeTruthy();
  });

  it("leaves a merge request to its branch, and shows it where no branch is listed", () => {
    shown([verdict("main", "in")], [mergeRequest]);
    expect(screen.queryByText(/whoever comes/)).toBeNull();
    shown([], [mergeRequest]);
    expect(within(comers()).getByText("Merge requests of acme/shop")).toBeTruthy();
  });

  it("says that nobody gets in only where that is known of all others too", () => {
    shown([], []);
    expect(screen.getByText("Nobody: no branch or tag, and no other caller.")).toBeTruthy();
    expect(screen.queryByText(/whoever comes/)).toBeNull();
  });
});
