// @vitest-environment happy-dom
// @vitest-environment-options {"url":"http://portal.test/projects/7091/roles/new"}
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { judge } from "@/lib/judgement/judge";
import { roleDocumentExample } from "@/lib/plan/examples";
import { onScreen } from "@/lib/testing/on-screen";
import { ConsequencePane, ShortVerdict } from "./consequence-pane";

const main: GitRef = {
  name: "main",
  type: "branch",
  protected: true,
  default: true,
  pushedAt: null,
  whoMayPush: "maintainers",
};
const view = {
  projectId: 7091,
  path: "acme/shop/web",
  namespaceId: 4501,
  namespacePath: "acme/shop",
  issuer: "https://gitlab.com",
  components: ["project_path", "ref_type", "ref"],
  componentsReason: null,
};
const [statement] = [roleDocumentExample.trustPolicy.Statement].flat();
if (!statement) throw new Error("The example trusts nobody");

/** The example's trust with one more condition, as the pane shows it. */
function shown(more: Record<string, Record<string, string>>) {
  const Condition = { ...statement?.Condition, ...more };
  const trustPolicy = {
    ...roleDocumentExample.trustPolicy,
    Statement: [{ ...statement, Effect: "Allow" as const, Condition }],
  };
  const judged = {
    project: { id: view.projectId, path: view.path },
    live: { view, refs: [main] },
    place: {
      accountId: "111122223333",
      partition: "aws",
      issuer: view.issuer,
      audience: "https://sts.amazonaws.com",
    },
    after: { document: { ...roleDocumentExample, trustPolicy }, provider: "as planned" as const },
    before: null,
  };
  const consequence = {
    trustPolicy,
    permissionPolicy: null,
    untold: null,
    judged,
    judgement: judge(judged),
    isJudging: false,
    plan: null,
    budgets: [],
    problems: [],
  };
  const snapshot = { snapshot: null, readAt: null, note: "Reading AWS", refresh: () => Promise.resolve() };
  return onScreen(
    <>
      <ConsequencePane
        consequence={consequence}
        findings={consequence.judgement.findings}
        snapshot={snapshot}
        refCount={1}
        region="eu-central-1"
        audience="https://sts.amazonaws.com"
        onMend={() => undefined}
        action={null}
      />
      <ShortVerdict consequence={consequence} refCount={1} />
    </>,
    {},
  );
}

it("calls a trust safe that is held to a protected branch of the project", () => {
  shown({});
  expect(screen.getByText("Safe: nothing to look at")).toBeTruthy();
});

it.each([
  ["an operator that is not evaluated", { StringMatches: { "gitlab.com:sub": "*:ref:main" } }],
  ["what only the running job tells", { StringLike: { "gitlab.com:user_login": "rina" } }],
])("never calls a trust safe that depends on %s", async (_what, more) => {
  shown(more);
  expect(screen.queryByText(/Safe/)).toBeNull();
  expect(screen.getAllByText(/Cannot be told/).length).toBeGreaterThan(0);
  expect(screen.getByText(/^Caution/)).toBeTruthy();
  expect(await screen.findByText("main")).toBeTruthy();
});

it("says what it waits for while there is no plan", () => {
  shown({});
  expect(screen.getByText("Reading AWS")).toBeTruthy();
});

it("says plainly that nobody gets in, which is neither danger nor safe", async () => {
  shown({ StringLike: { "gitlab.com:sub": "project_path:acme/shop/web:ref_type:branch:ref:refs/heads/main" } });
  expect(screen.getByText("Nobody gets in", { selector: "p.text-lg" })).toBeTruthy();
  expect(screen.queryByText(/Safe|Danger/)).toBeNull();
  expect(await screen.findByText("Nobody: no branch or tag, and no other caller.")).toBeTruthy();
});
