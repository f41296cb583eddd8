// @vitest-environment happy-dom
// @vitest-environment-options {"url":"http://portal.test/roles/web"}
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { RoleView } from "@/lib/role/contract";
import { onScreen, Refused } from "@/lib/testing/on-screen";
import { RoleFindings } from "./role-findings";
import { RoleGradeNow } from "./role-grade-now";
import { RoleWhoGetsIn } from "./role-who-gets-in";

const audience = "https://sts.amazonaws.com";
const issuer = "https://gitlab.com";
const document: RoleView["versions"][number]["document"] = {
  name: "web",
  path: "/",
  trustPolicy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "gitlab.com:aud": audience,
            "gitlab.com:project_id": "42",
            "gitlab.com:sub": "project_path:acme/web:ref_type:branch:ref:main",
          },
        },
      },
    ],
  },
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: {},
  inlinePolicies: {},
};
const at = "2026-11-22T12:00:00.000Z";
const may = { ok: true as const };
const version: RoleView["versions"][number] = {
  ...{ version: 1, document, requestId: null, author: { name: "Pia", username: "pia" }, createdAt: at },
  judgement: { findings: [], grade: "safe", after: { kind: "refs", in: [], untold: [], asked: 1 }, before: null },
};
const role: RoleView = {
  ...{ id: "web", name: "web", path: "/", arn: "arn:aws:iam::111122223333:role/web" },
  account: { id: "a", accountId: "111122223333", name: "prod" },
  ...{ projectId: 42, projectPath: "acme/web", owner: { id: "pia", name: "Pia", username: "pia" } },
  ...{ grade: "safe", version: 1, updatedAt: at, liveState: "same", checkedAt: at, lastUsedAt: null, removedAt: null },
  ...{ uniqueId: "AROA", region: "eu-central-1", issuer, audience, drift: null, driftSince: null, live: null },
  ...{ underWay: null, halfDone: null, can: { edit: may, remove: may, restore: may, adopt: may, check: may } },
  ...{ versions: [version], unreadable: [] },
};
const main = (isProtected: boolean): GitRef => ({
  ...{ name: "main", type: "branch", default: true, pushedAt: null },
  ...{ protected: isProtected, whoMayPush: isProtected ? "maintainers" : "developers" },
});

function page(refs: unknown, path = "acme/web") {
  const view = { projectId: 42, path, namespaceId: 7, namespacePath: "acme" };
  const components = ["project_path", "ref_type", "ref"];
  return onScreen(
    <>
      <RoleGradeNow role={role} version={version} />
      <RoleWhoGetsIn role={role} version={version} />
      <RoleFindings role={role} version={version} />
    </>,
    {
      "projects/get": () => ({ ...view, components, componentsReason: null, issuer }),
      "projects/refs": () => refs,
    },
  );
}

it("shows what is found now, and says that it was not recorded, where a branch lost its protection", async () => {
  page({ refs: [main(false)], truncated: false, asOf: at });
  await screen.findByRole("heading", { name: "Findings now" });
  expect(await screen.findByText(/^Not recorded with version 1: A ref that is not protected/)).toBeTruthy();
  expect(screen.getByText("Caution")).toBeTruthy();
  expect(screen.queryByText("Safe")).toBeNull();
});

it("adds nothing where it is as recorded", async () => {
  page({ refs: [main(true)], truncated: false, asOf: at });
  expect(await screen.findByText("Safe")).toBeTruthy();
  expect(screen.getByText("Nothing stands out.")).toBeTruthy();
  expect(screen.queryByText(/ecorded with version/)).toBeNull();
});

it("shows only what it was where GitLab does not show what would tell it", async () => {
  page(new Refused({ code: "forbidden", message: "GitLab does not show you this." }));
  await screen.findByText(/^As recorded with version 1, since it can't be told here what is so now/);
  expect(screen.getByText("was safe")).toBeTruthy();
  expect(screen.queryByText("Safe")).toBeNull();
});

it("says whom a subject of the former path lets in after a move", async () => {
  page({ refs: [main(true)], truncated: false, asOf: at }, "acme/shop");
  const note = await screen.findByText(/The project has moved to acme\/shop/);
  expect(note.textContent).toContain("whichever project takes that path gets in by it");
  expect(note.textContent).not.toContain("lets nobody in");
});
