// @vitest-environment happy-dom
// @vitest-environment-options {"url":"http://portal.test/projects/90210/roles/new"}
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { AccountChoice } from "@/lib/account/model";
import type { Decision } from "@/lib/errors";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { LiveProject } from "@/lib/judgement/project";
import type { Snapshot } from "@/lib/plan/change";
import type { ProjectView } from "@/lib/project/model";
import type { RequestRule } from "@/lib/request/model";
import { firstDraft, inAccount } from "@/lib/role-form/draft-choices";
import type { RoleDraft } from "@/lib/role-form/schema";
import type { Answers } from "@/lib/testing/on-screen";
import { onScreen, Refused } from "@/lib/testing/on-screen";
import { RequestForm } from "./request-form";

const project: ProjectView = {
  ...{ projectId: 90210, path: "acme/platform/api", name: "api" },
  namespaceId: 7,
  namespacePath: "acme/platform",
  defaultBranch: "main",
  visibility: "private",
  archived: false,
  standstill: null,
  emptyRepository: false,
  webUrl: "https://gitlab.com/acme/platform/api",
  accessLevel: 40,
  issuer: "https://gitlab.com",
  components: ["project_path", "ref_type", "ref"],
  componentsReason: null,
  componentWarnings: [],
  ...{ gitlabVersion: null, forksRunInParent: null, portalAudience: "trustdesk-demo" },
  widening: [],
  movedFrom: null,
  asOf: "2026-11-22T12:00:00.000Z",
};
const account: AccountChoice = {
  id: "account-prod",
  accountId: "111122223333",
  name: "prod",
  partition: "aws",
  region: "eu-central-1",
  defaultPath: "/gitlab/",
  boundaryArn: null,
  boundaryRequired: false,
  namePrefix: "ci-",
};
const ref = (name: string, isProtected: boolean): GitRef => ({
  name,
  type: "branch",
  protected: isProtected,
  default: name === "main",
  pushedAt: null,
  whoMayPush: isProtected ? "maintainers" : "developers",
});
const refs = [ref("main", true), ref("develop", false)];
const snapshot: Snapshot = {
  accountId: account.accountId,
  callerArn: null,
  provider: null,
  role: null,
  boundary: "none",
  readAt: "2026-11-22T12:04:31.000Z",
  quotas: { trustPolicy: 2048, inlinePolicies: 10_240, roles: 1000, rolesUsed: 1, providers: 100, providersUsed: 0 },
};
const ready = { state: "ready", snapshot, failure: null, readAt: snapshot.readAt, waiting: null };
const reading = { ...ready, state: "reading", snapshot: null, readAt: null };

/** The safe start, filled in as far as a role needs. */
function filled(changes: Partial<RoleDraft> = {}): RoleDraft {
  return {
    ...inAccount(firstDraft(project, refs), account, project, null),
    permissions: { kind: "template", template: "s3-deploy", values: { bucket: "acme-web" } },
    justification: "Deploys the web front end.",
    ...changes,
  };
}

interface Opened {
  draft?: RoleDraft;
  may?: Decision;
  rule?: RequestRule;
  view?: Partial<ProjectView>;
  shown?: Pick<LiveProject, "refs" | "refsComplete">;
  answers?: Answers;
}

function form({ draft = filled(), may = { ok: true }, rule = "platform-engineer", ...opened }: Opened) {
  const { view = {}, shown = { refs }, answers = {} } = opened;
  return onScreen(
    <RequestForm
      project={{ ...project, ...view }}
      {...shown}
      accounts={[account]}
      username="pia"
      may={may}
      rule={rule}
      subject={{ projectId: project.projectId }}
      initial={draft}
      edited={null}
      kept={null}
      onStartOver={() => undefined}
    />,
    { "requests/snapshot": () => ready, "requests/saveDraft": () => ({ savedAt: snapshot.readAt }), ...answers },
  );
}

/** The button stands in the pane and, on narrow screens, at the bottom. */
const reviews = (name = /^Review and apply/) => screen.getAllByRole("button", { name });
const pane = () => screen.getByRole("complementary", { name: "What it means" });
const dialog = () => screen.queryByRole("dialog");
const isReady = () =>
  waitFor(() => expect(reviews().map((button) => button.getAttribute("aria-disabled"))).toEqual([null, null]));

/** The review is fetched when it is opened first. */
async function dialogWouldBeThere(): Promise<void> {
  await import("./review-dialog");
  await act(() => new Promise((resolve) => setImmediate(resolve)));
}

function descriptionOf(element: HTMLElement): string {
  const ids = element.getAttribute("aria-describedby")?.split(" ") ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
}

describe("the form's main button", () => {
  it.each<[string, Opened, string]>([
    ["AWS is being read", { answers: { "requests/snapshot": () => reading } }, "Reading AWS"],
    [
      "AWS could not be read",
      {
        answers: {
          "requests/snapshot": () => ({
            ...reading,
            state: "failed",
            failure: { code: "AccessDenied", message: "AWS refused.", todo: "Ask Dora.", requestId: null },
          }),
        },
      },
      "AWS refused. Ask Dora.",
    ],
    ["nobody said why the role is needed", { draft: filled({ justification: "" }) }, "Say"],
    [
      "the person may not ask",
      { may: { ok: false, reason: "Auditors read; they ask for nothing." } },
      "Auditors read; they ask for nothing.",
    ],
    [
      "the account is full",
      {
        answers: {
          "requests/snapshot": () => ({
            ...ready,
            snapshot: { ...snapshot, quotas: { ...snapshot.quotas, rolesUsed: 1000 } },
          }),
        },
      },
      "1,000 roles, which is its quota",
    ],
  ])("says why it does nothing, and does nothing, while %s", async (_what, opened, why) => {
    const { user, callsTo } = form(opened);
    await waitFor(() => expect(descriptionOf(reviews()[0] ?? document.body)).toContain(why));
    for (const button of reviews()) {
      expect(button.getAttribute("aria-disabled")).toBe("true");
      expect(descriptionOf(button)).toContain(why);
      await user.click(button);
    }
    await user.keyboard("{Control>}{Enter}{/Control}");
    await dialogWouldBeThere();
    expect(dialog()).toBeNull();
    expect(callsTo("requests/submit")).toEqual([]);
  });

  it("shows the whole consequence before anything is sent, and sends the plan that was shown", async () => {
    const { user, callsTo, went } = form({ answers: { "requests/submit": () => ({ id: "r1" }) } });
    await isReady();
    await user.click(reviews()[0] ?? document.body);
    const open = await screen.findByRole("dialog", { name: "Apply ci-platform-api-deploy in prod" });
    expect(within(open).getByText(/Create the role ci-platform-api-deploy/)).toBeTruthy();
    expect(callsTo("requests/submit")).toEqual([]);
    await user.click(within(open).getByRole("button", { name: "Apply" }));
    await waitFor(() => expect(went).toEqual(["/requests/r1"]));
    expect(callsTo("requests/submit")).toEqual([
      {
        path: "requests/submit",
        input: expect.objectContaining({
          draft: expect.objectContaining({ roleName: "ci-platform-api-deploy" }) as unknown,
          planDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
        }) as unknown,
      },
    ]);
  });

  it("is pressed by Ctrl and Enter too", async () => {
    const { user } = form({});
    await isReady();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByRole("dialog")).toBeTruthy();
  });

  it("asks for approval where the person's rule says so", async () => {
    const { user } = form({ rule: "approval" });
    const name = /^Review and request/;
    await waitFor(() => expect(reviews(name)[0]?.getAttribute("aria-disabled")).toBeNull());
    await user.click(reviews(name)[0] ?? document.body);
    const open = await screen.findByRole("dialog", { name: /^Request ci-platform-api-deploy/ });
    expect(within(open).getByRole("button", { name: "Request approval" })).toBeTruthy();
  });
});

describe("a refusal of the server", () => {
  it("is told where it was sent, and everything that was typed stays", async () => {
    const refused = new Refused({ code: "conflict", message: "Oleg was faster: the name is taken." });
    const { user, went } = form({ answers: { "requests/submit": () => refused } });
    const why = screen.getByRole("textbox", { name: /Justification/ });
    await user.clear(why);
    await user.type(why, "The shop's new front end.");
    await isReady();
    await user.click(reviews()[0] ?? document.body);
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Apply" }));
    expect(await screen.findByText("Oleg was faster: the name is taken.")).toBeTruthy();
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Back to the form" }));
    expect(screen.getByRole("textbox", { name: /Justification/ })).toHaveProperty("value", "The shop's new front end.");
    expect(went).toEqual([]);
  });

  it("says that what was typed last is not kept", async () => {
    const refused = new Refused({ code: "unavailable", message: "The database is away." });
    const { user } = form({ answers: { "requests/saveDraft": () => refused } });
    await user.type(screen.getByRole("textbox", { name: /Justification/ }), "!");
    expect(await screen.findByText(/What you typed last is not kept. The database is away./)).toBeTruthy();
  });
});

describe("a problem of a field", () => {
  it("stands at the field once it was touched", async () => {
    const { user } = form({ draft: filled({ justification: "" }) });
    const why = screen.getByRole("textbox", { name: /Justification/ });
    expect(why.getAttribute("aria-invalid")).toBeNull();
    await user.click(why);
    await user.tab();
    await waitFor(() => expect(why.getAttribute("aria-invalid")).toBe("true"));
  });

  it("stands at the role's name as it is typed", async () => {
    const { user } = form({});
    const name = screen.getByRole("textbox", { name: "Role name" });
    await user.type(name, " x");
    await waitFor(() => expect(descriptionOf(name)).toContain("not spaces"));
  });
});

describe("what the choice means", () => {
  it("is safe for the protected default branch, held to the project", async () => {
    form({});
    expect(await within(pane()).findByText("Safe: nothing to look at")).toBeTruthy();
  });

  it("has a finding's button change the choice, and the verdict with it", async () => {
    const open = filled({
      refs: [],
      patterns: [{ pattern: "*", type: "branch" }],
      pins: { projectId: true, namespaceId: false, refProtected: false },
    });
    const { user, callsTo } = form({ draft: open });
    const only = screen.getByRole("checkbox", { name: /Protected refs only/ });
    expect(only.getAttribute("aria-checked")).toBe("false");
    expect(await within(pane()).findByText(/^Danger:/)).toBeTruthy();
    await user.click(within(pane()).getByRole("button", { name: "Protected refs only" }));
    await waitFor(() => expect(only.getAttribute("aria-checked")).toBe("true"));
    await waitFor(() => expect(within(pane()).queryByText(/^Danger:/)).toBeNull());
    expect(within(pane()).getByText("Any protected ref")).toBeTruthy();
    await waitFor(() =>
      expect(callsTo("requests/saveDraft").at(-1)?.input).toMatchObject({ draft: { pins: { refProtected: true } } }),
    );
  });

  it("is not called safe where GitLab does not show who gets in", () => {
    form({ view: { components: null, componentsReason: "Only its Maintainers see the project's subject." } });
    expect(within(pane()).queryByText(/Safe/)).toBeNull();
    expect(within(pane()).getAllByText("Only its Maintainers see the project's subject.").length).toBeGreaterThan(0);
  });

  it("is not called safe where GitLab hides the branches and tags, and none of them is said to be missing", async () => {
    form({ shown: { refs: null } });
    expect(await within(pane()).findByText("Who gets in was not judged")).toBeTruthy();
    expect(within(pane()).queryByText(/Safe/)).toBeNull();
    expect(screen.getByText(/^GitLab does not show the project's branches and tags here. Type/)).toBeTruthy();
    expect(screen.queryByText(/0 refs|0 branches|not in GitLab/)).toBeNull();
  });

  it("is not called safe where only the first of the branches and tags were judged, and says so", async () => {
    form({ shown: { refs, refsComplete: false } });
    expect(await within(pane()).findByText("Who gets in was judged in part")).toBeTruthy();
    expect(within(pane()).queryByText(/Safe/)).toBeNull();
    expect(within(pane()).getByText(/1 of the first 2 refs get in/)).toBeTruthy();
  });
});
