import { beforeAll, expect, it } from "vitest";
import { systemClock } from "@/lib/clock";
import { knownError, TrustdeskError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import type { Standing } from "./grounds";
import { stillStands } from "./grounds";

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing",
    GITLAB_URL: "http://127.0.0.1:1",
    GITLAB_CLIENT_ID: "trustdesk",
    GITLAB_CLIENT_SECRET: "trustdesk",
    NEXTAUTH_URL: "http://portal.test",
    NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef",
    TRUSTDESK_PLATFORM_GROUP: "acme/platform-engineers",
  });
});

const oleg = { gitlabUserId: 12, name: "Oleg" };
const request: Standing = {
  kind: "create",
  rule: "approval",
  projectId: 1,
  projectPath: "acme/shop",
  requester: oleg,
  approvers: null,
};
const answering = (project: () => Promise<unknown>, level = 40) =>
  ({
    project,
    projectMember: () => Promise.resolve({ state: "active", access_level: level, expires_at: null }),
  }) as unknown as GitlabClient;
const shop = (archived: boolean, level?: number) =>
  answering(() => Promise.resolve({ path_with_namespace: "acme/shop", archived }), level);
const ask = (gitlab: GitlabClient, changes: Partial<Standing> = {}) =>
  stillStands({ ...request, ...changes }, { gitlab, clock: systemClock });

it("speaks against a new role of a project that was archived meanwhile, and lets one be removed", async () => {
  expect(await ask(shop(false))).toEqual({ ok: true });
  expect(await ask(shop(true))).toMatchObject({ ok: false, reason: expect.stringContaining("archived") as string });
  expect(await ask(shop(true), { kind: "remove" })).toEqual({ ok: true });
});

it("speaks against a new role of a project that will be deleted, which GitLab has renamed for it", async () => {
  const marked = answering(() =>
    Promise.resolve({
      id: 7,
      path_with_namespace: "acme/shop-deletion_scheduled-7",
      marked_for_deletion_on: "2027-01-09",
    }),
  );
  expect(await ask(marked)).toMatchObject({
    ok: false,
    reason: expect.stringContaining("marked for deletion in GitLab (2027-01-09)") as string,
  });
  expect(await ask(marked, { kind: "remove" })).toEqual({ ok: true });
});

it("speaks against what a person asks for who is a Developer now", async () => {
  expect(await ask(shop(false, 30))).toEqual({
    ok: false,
    reason: "Oleg is not a Maintainer of the project any more.",
  });
});

it("asks what it means last, and speaks against what nobody has decided on", async () => {
  const worse = () =>
    Promise.resolve([
      {
        id: "unprotected-ref" as const,
        severity: "caution" as const,
        title: "A ref that is not protected",
        why: "main",
        mend: null,
        mendId: null,
        where: "who" as const,
      },
    ]);
  expect(await stillStands(request, { gitlab: shop(false), clock: systemClock, worse })).toEqual({
    ok: false,
    reason: "What it means has become worse since it was decided: A ref that is not protected.",
  });
  const never = () => Promise.reject(new Error("asked although it does not stand"));
  expect(await stillStands(request, { gitlab: shop(true), clock: systemClock, worse: never })).toMatchObject({
    ok: false,
  });
});

it("speaks against what opens something of a project that GitLab does not show, whoever asked for it", async () => {
  const gone = {
    ...answering(() => Promise.reject(new TrustdeskError("not-found", "GitLab shows no such project."))),
    groupMember: () => Promise.resolve({ state: "active", access_level: 50, expires_at: null }),
  } as unknown as GitlabClient;
  const own: Partial<Standing> = { rule: "platform-engineer", approvers: [] };
  expect(await ask(gone, own)).toEqual({
    ok: false,
    reason: "GitLab does not show the project acme/shop to Trustdesk any more.",
  });
  expect(await ask(gone, { ...own, kind: "remove" })).toEqual({ ok: true });
});

it("says nothing against the request where GitLab does not answer", async () => {
  const silent = answering(() => Promise.reject(new TrustdeskError("unavailable", "GitLab does not answer.")));
  const error = await ask(silent).catch(knownError);
  expect(error).toMatchObject({
    code: "unavailable",
    message: "Whether Oleg may still ask for this could not be asked: GitLab does not answer.",
  });
});
