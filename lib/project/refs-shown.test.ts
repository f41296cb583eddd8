import { expect, it } from "vitest";
import { systemClock } from "@/lib/clock";
import { TrustdeskError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import { projectShownTo } from "./open-live-project";
import { refsAsShownTo } from "./read-refs";

const branch = (name: string) => ({
  name,
  protected: true,
  default: name === "main",
  developers_can_push: false,
  commit: null,
});
const hidden = () => Promise.reject(new TrustdeskError("forbidden", "403"));
const answering = (changes: Record<string, unknown> = {}): GitlabClient =>
  ({
    project: () =>
      Promise.resolve({
        id: 42,
        empty_repo: false,
        path_with_namespace: "acme/web",
        namespace: { id: 7, full_path: "acme" },
        ci_id_token_sub_claim_components: ["project_path", "ref_type", "ref"],
      }),
    metadata: () => Promise.resolve({ version: "18.6.0-ee", revision: "a1" }),
    branches: () => Promise.resolve({ rows: [branch("dev"), branch("main")], truncated: false }),
    tags: () => Promise.resolve({ rows: [], truncated: false }),
    protectedBranches: () => Promise.resolve([]),
    protectedTags: () => Promise.resolve([]),
    ...changes,
  }) as unknown as GitlabClient;
const shown = (changes: Record<string, unknown> = {}) =>
  refsAsShownTo({ gitlab: answering(changes), bot: null }, { id: 42, empty_repo: false }, systemClock);
const names = (refs: readonly { name: string }[] | null) => refs?.map(({ name }) => name) ?? null;

it("names the refs that GitLab shows, the default branch first", async () => {
  expect(names((await shown()).refs)).toEqual(["main", "dev"]);
});

it.each([
  ["branches and tags", { branches: hidden, tags: hidden }],
  ["the branches", { branches: hidden }],
  ["the tags", { tags: hidden }],
])("never calls it none where GitLab hides %s", async (_what, changes) => {
  expect((await shown(changes)).refs).toBeNull();
  expect(await projectShownTo(answering(changes), 42, systemClock)).toBeNull();
});

it("says that it is not all of them where GitLab has more than are read", async () => {
  const many = () => Promise.resolve({ rows: [branch("main")], truncated: true });
  expect(await shown({ tags: many })).toMatchObject({ truncated: true });
  expect(await projectShownTo(answering({ branches: many }), 42, systemClock)).toMatchObject({ refsComplete: false });
  expect(await projectShownTo(answering(), 42, systemClock)).toMatchObject({ refsComplete: true });
});
