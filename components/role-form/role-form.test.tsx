// @vitest-environment happy-dom
// @vitest-environment-options {"url":"http://portal.test/projects/90210/roles/new"}
import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { AccountChoice } from "@/lib/account/model";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { Snapshot } from "@/lib/plan/change";
import { refusalExamples } from "@/lib/plan/examples";
import type { ProjectView } from "@/lib/project/model";
import { firstDraft, inAccount } from "@/lib/role-form/draft-choices";
import type { RoleDraft } from "@/lib/role-form/schema";
import { onScreen, Refused } from "@/lib/testing/on-screen";
import { RoleForm } from "./role-form";

const project: ProjectView = {
  projectId: 90210,
  path: "acme/platform/api",
  name: "api",
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
  gitlabVersion: null,
  forksRunInParent: null,
  portalAudience: "trustdesk-demo",
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
const main = (isProtected: boolean): GitRef => ({
  name: "main",
  type: "branch",
  protected: isProtected,
  default: true,
  pushedAt: null,
  whoMayPush: isProtected ? "maintainers" : "developers",
});
const snapshot: Snapshot = {
  accountId: account.accountId,
  callerArn: null,
  provider: null,
  role: null,
  boundary: "none",
  readAt: "2026-11-22T12:04:31.000Z",
  quotas: { trustPolicy: 2048, inlinePolicies: 10_240, roles: 1000, rolesUsed: 1, providers: 100, providersUsed: 0 },
};

interface Sent {
  draft: RoleDraft;
  judgementDigest: string;
}

/** The form of a new role, filled in; `answer` is what the server says to what is sent, after which GitLab shows `main` without protection. */
function form(answer: (attempt: number) => unknown, changes: Partial<RoleDraft> = {}, rules: unknown = undefined) {
  const sent: Sent[] = [];
  const page = onScreen(
    <RoleForm
      subject={{ projectId: project.projectId }}
      username="pia"
      edited={null}
      begin={(shown, refs) => ({
        ...inAccount(firstDraft(shown, refs), account, shown, null),
        pins: { projectId: true, namespaceId: false, refProtected: false },
        permissions: { kind: "template", template: "s3-deploy", values: { bucket: "acme-web" } },
        justification: "Deploys.",
        ...changes,
      })}
      header={() => null}
    />,
    {
      "projects/get": () => project,
      "projects/refs": () => ({
        refs: [main(sent.length === 0)],
        rules,
        protectedPatterns: [],
        truncated: false,
        asOf: snapshot.readAt,
      }),
      "accounts/choices": () => [account],
      "requests/maySubmit": () => ({ ok: true, reason: null, rule: "platform-engineer" }),
      "requests/readDraft": () => ({ kept: null, outdated: null }),
      "requests/saveDraft": () => ({ savedAt: snapshot.readAt }),
      "requests/snapshot": () => ({ state: "ready", snapshot, failure: null, readAt: snapshot.readAt, waiting: null }),
      "requests/submit": (input) => {
        sent.push(input as Sent);
        return answer(sent.length);
      },
    },
  );
  return { ...page, sent };
}

it("shows what a plan means now where that is not what was sent, keeps what was typed, and sends the newer", async () => {
  const moved = new Refused({
    code: "conflict",
    message: "What the plan means is not what was on screen.",
    data: { data: refusalExamples["judgement-moved"] },
  });
  const { user, went, sent } = form((attempt) => (attempt === 1 ? moved : { id: "r1" }));
  await user.type(await screen.findByRole("textbox", { name: /Justification/ }), " Every night.");
  const review = () => screen.getAllByRole("button", { name: /^Review and apply/ })[0] ?? document.body;
  await waitFor(() => expect(review().getAttribute("aria-disabled")).toBeNull());
  await user.click(review());
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.queryByText(/not protected/)).toBeNull();
  await user.click(dialog.getByRole("button", { name: "Apply" }));
  await dialog.findByText("What the plan means is not what was on screen.");
  await dialog.findByRole("heading", { name: "What to look at" });
  await user.click(dialog.getByRole("button", { name: "Apply" }));
  await waitFor(() => expect(went).toEqual(["/requests/r1"]));
  expect(sent).toHaveLength(2);
  expect(sent[0]?.judgementDigest).toMatch(/^[0-9a-f]{64}$/);
  expect(sent[1]?.judgementDigest).toMatch(/^[0-9a-f]{64}$/);
  expect(sent[1]?.judgementDigest).not.toBe(sent[0]?.judgementDigest);
  expect(sent.map(({ draft }) => draft.justification)).toEqual(["Deploys. Every night.", "Deploys. Every night."]);
});

it("says who else gets in, by the rules that GitLab shows: whoever may push what a pattern promises", async () => {
  const asked = { refs: [], patterns: [{ pattern: "release/*", type: "branch" as const }] };
  const rules = { protectedBranches: [{ name: "release/*", push: 40, merge: 40, named: [] }], protectedTags: [] };
  form(() => null, asked, rules);
  const list = await screen.findByRole("list", { name: /^And whoever comes/ });
  expect(within(list).getByText("release/a")).toBeTruthy();
  expect(list.textContent).toContain("maintainers of acme/platform/api");
  expect(list.textContent).not.toContain("Developer");
  expect(screen.getAllByText(/0 of 1 refs get in, and some that do not exist yet/).length).toBeGreaterThan(0);
});
