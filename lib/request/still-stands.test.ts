import { expect, it, vi } from "vitest";
import { systemClock } from "@/lib/clock";
import { knownError, TrustdeskError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import { stillStands } from "./still-stands";

vi.mock("@/lib/identity/bot", () => ({ botClient: () => null }));

const grounds = {
  kind: "create",
  projectId: 1,
  projectPath: "acme/shop",
  requester: { gitlabUserId: 12, name: "Oleg" },
};
const answering = (project: () => Promise<unknown>, level = 40) =>
  ({
    project,
    projectMember: () => Promise.resolve({ state: "active", access_level: level, expires_at: null }),
  }) as unknown as GitlabClient;
const shop = (archived: boolean, level?: number) =>
  answering(() => Promise.resolve({ path_with_namespace: "acme/shop", archived }), level);

it("speaks against a new role of a project that was archived meanwhile, and lets one be removed", async () => {
  expect(await stillStands(grounds, shop(false), systemClock)).toEqual({ ok: true });
  expect(await stillStands(grounds, shop(true), systemClock)).toMatchObject({
    ok: false,
    reason: expect.stringContaining("archived") as string,
  });
  expect(await stillStands({ ...grounds, kind: "remove" }, shop(true), systemClock)).toEqual({ ok: true });
});

it("speaks against what a person asks for who is a Developer now", async () => {
  expect(await stillStands(grounds, shop(false, 30), systemClock)).toEqual({
    ok: false,
    reason: "Oleg is not a Maintainer of the project any more.",
  });
});

it("says nothing against the request where GitLab does not answer", async () => {
  const silent = answering(() => Promise.reject(new TrustdeskError("unavailable", "GitLab does not answer.")));
  const error = await stillStands(grounds, silent, systemClock).catch(knownError);
  expect(error).toMatchObject({
    code: "unavailable",
    message: "Whether Oleg may still ask for this could not be asked: GitLab does not answer.",
  });
});
