// @vitest-environment happy-dom
// @vitest-environment-options {"url":"http://portal.test/requests/r1"}
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Decision } from "@/lib/errors";
import { planExample } from "@/lib/plan/examples";
import type { RequestView } from "@/lib/request/contract";
import { unjudged } from "@/lib/request/model";
import { roleDraftSchema } from "@/lib/role-form/schema";
import type { Answers } from "@/lib/testing/on-screen";
import { onScreen, Refused } from "@/lib/testing/on-screen";
import { DecisionPanel } from "./decision-panel";

const digest = "a".repeat(64);
const judgement: RequestView["judgement"] = {
  findings: [],
  grade: "safe",
  after: { kind: "refs", in: [], untold: [], asked: 1 },
  before: null,
};
const may: Decision = { ok: true };
const request: RequestView = {
  id: "r1",
  projectId: 7091,
  projectPath: "acme/shop/web",
  kind: "create",
  requester: { id: "oleg", name: "Oleg", username: "oleg" },
  account: { id: "a1", accountId: "111122223333", name: "prod" },
  roleName: "shop-deploy",
  state: "requested",
  grade: "safe",
  createdAt: "2026-11-22T12:00:00.000Z",
  finishedAt: null,
  rolePath: "/",
  roleId: null,
  roleArn: null,
  draft: roleDraftSchema.parse({ projectId: 7091 }),
  plan: planExample,
  planDigest: digest,
  judgement,
  rule: "approval",
  reason: null,
  decisions: [],
  origin: null,
  followers: [],
  queuedAt: null,
  steps: [],
  waiting: null,
  can: { approve: may, reject: may, withdraw: may, replace: may, cancel: may, retry: may, undo: may },
};
const ready = {
  state: "ready",
  plan: planExample,
  planDigest: digest,
  problems: [],
  failure: null,
  lastUsedAt: null,
  providerUsers: null,
  readAt: "2026-11-22T12:04:31.000Z",
  waiting: null,
  judgement,
  judgementDigest: "b".repeat(64),
};
const reading = { ...ready, state: "reading", plan: null, planDigest: null, readAt: null, judgement: null };

function panel(now: object, more: Answers = {}, changes: Partial<RequestView> = {}) {
  return onScreen(<DecisionPanel request={{ ...request, ...changes }} />, {
    "requests/planNow": () => now,
    "requests/approve": () => ({ ...request, state: "queued" }),
    "requests/reject": () => ({ ...request, state: "rejected" }),
    ...more,
  });
}

const approve = () => screen.getByRole("button", { name: "Approve and apply" });
const reject = () => screen.getByRole("button", { name: "Reject" });
const reasonField = () => screen.getByRole("textbox", { name: "Reason" });
const isOpen = async (button: () => HTMLElement) =>
  waitFor(() => expect(button().getAttribute("aria-disabled")).toBeNull());
const isShut = async (button: () => HTMLElement, why: string) => {
  await waitFor(() => expect(descriptionOf(button())).toContain(why));
  expect(button().getAttribute("aria-disabled")).toBe("true");
};

function descriptionOf(element: HTMLElement): string {
  const ids = element.getAttribute("aria-describedby")?.split(" ") ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
}

describe("the decision on a request", () => {
  it("cannot be an approval while AWS is being read", async () => {
    const { user, callsTo } = panel(reading);
    await isShut(approve, "AWS is being read.");
    await user.click(approve());
    expect(callsTo("requests/approve")).toEqual([]);
  });

  it.each([
    [
      "what is in the way of the plan",
      { ...ready, planDigest: null, problems: ["A role of that name exists."] },
      "A role of that name exists.",
    ],
    [
      "that AWS could not be read",
      {
        ...reading,
        state: "failed",
        failure: { code: "X", message: "AWS refused.", todo: "Ask Dora.", requestId: null },
      },
      "AWS refused. Ask Dora.",
    ],
    [
      "that the plan could not be asked for",
      new Refused({ code: "not-found", message: "There is no such request." }),
      "There is no such request.",
    ],
  ])("tells %s, and is no approval then", async (_what, now, why) => {
    const { user, callsTo } = panel(now);
    await isShut(approve, why);
    await user.click(approve());
    expect(callsTo("requests/approve")).toEqual([]);
  });

  it("is no approval of what nobody was told the meaning of, and says why", async () => {
    const { user, callsTo } = panel({ ...ready, judgement: null, judgementDigest: null });
    await isShut(approve, unjudged);
    await user.click(approve());
    expect(callsTo("requests/approve")).toEqual([]);
  });

  it("approves the plan and the judgement that are on screen, by their digests", async () => {
    const { user, callsTo } = panel(ready);
    await isOpen(approve);
    await user.click(approve());
    await waitFor(() => expect(callsTo("requests/approve")).toHaveLength(1));
    expect(callsTo("requests/approve")[0]?.input).toMatchObject({
      ...{ id: "r1", planDigest: digest, reason: "" },
      judgementDigest: ready.judgementDigest,
    });
    expect(screen.queryByText(/AWS has changed/)).toBeNull();
  });

  it("says that the plan has moved, and approves the one on the page", async () => {
    const moved = "c".repeat(64);
    const { user, callsTo } = panel({ ...ready, planDigest: moved });
    await screen.findByText(/AWS has changed since this was asked for/);
    await isOpen(approve);
    await user.click(approve());
    await waitFor(() => expect(callsTo("requests/approve")[0]?.input).toMatchObject({ planDigest: moved }));
  });

  it("is no rejection without a reason", async () => {
    const { user, callsTo } = panel(ready);
    await isShut(reject, "Say why first.");
    await user.click(reject());
    await user.type(reasonField(), "   ");
    await isShut(reject, "Say why first.");
    await user.click(reject());
    expect(callsTo("requests/reject")).toEqual([]);
    await user.type(reasonField(), "Too wide.");
    await isOpen(reject);
    await user.click(reject());
    await waitFor(() => expect(callsTo("requests/reject")).toHaveLength(1));
    expect(callsTo("requests/reject")[0]?.input).toMatchObject({ id: "r1", reason: "   Too wide." });
  });

  it("may be a rejection while AWS is being read", async () => {
    const { user, callsTo } = panel(reading);
    await user.type(reasonField(), "No.");
    await user.click(reject());
    await waitFor(() => expect(callsTo("requests/reject")).toHaveLength(1));
  });

  it("is not the requester's: both buttons say why", async () => {
    const no = { ok: false as const, reason: "Nobody decides their own request." };
    const { user, calls } = panel(ready, {}, { can: { ...request.can, approve: no, reject: no } });
    await user.type(reasonField(), "Mine.");
    await isShut(approve, no.reason);
    await isShut(reject, no.reason);
    await user.click(approve());
    await user.click(reject());
    expect(calls.filter(({ path }) => path !== "requests/planNow")).toEqual([]);
  });

  it("stands with its refusal at the field, and what was typed stays", async () => {
    const refusal = new Refused({ code: "conflict", message: "The plan has moved meanwhile: look at it again." });
    const { user } = panel(ready, { "requests/approve": () => refusal });
    await isOpen(approve);
    await user.type(reasonField(), "Looks right.");
    await user.click(approve());
    await waitFor(() => expect(descriptionOf(reasonField())).toContain("The plan has moved meanwhile"));
    expect(reasonField().getAttribute("aria-invalid")).toBe("true");
    expect(reasonField()).toHaveProperty("value", "Looks right.");
  });
});
