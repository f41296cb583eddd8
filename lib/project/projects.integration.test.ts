import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Clock } from "@/lib/clock";
import { fixedClock, systemClock } from "@/lib/clock";
import type { Portal } from "@/lib/testing/portal";
import { startPortal } from "@/lib/testing/portal";
import { projectSearchSchema } from "./schema";

let portal: Portal;
const sessions: Record<string, string> = {};

beforeAll(async () => {
  portal = await startPortal();
  for (const username of ["pia", "oleg", "dora"]) {
    sessions[username] = (await portal.signIn(username)).sessionToken ?? "";
    await search(username);
    await portal.settled();
  }
});
afterAll(() => portal.stop());

const as = (username: string, clock?: Clock) => portal.as(sessions[username] ?? null, clock);
const search = (username: string, input: Record<string, unknown> = {}, clock?: Clock) =>
  as(username, clock).projects.search(projectSearchSchema.parse(input));
const pathsOf = async (username: string, input: Record<string, unknown>) =>
  (await search(username, input)).rows.map((row) => row.path);
const countsOf = (username: string, clock: Clock) => as(username, clock).identity.counts();
const inAnHour = () => fixedClock(new Date(systemClock.now().getTime() + 61 * 60_000));

/** State by circumstance, as the project's page shows them. */
const wideningOf = async (username: string, projectId: number) =>
  Object.fromEntries((await as(username).projects.get({ projectId })).widening.map(({ id, state }) => [id, state]));

async function control(path: string, body: unknown): Promise<void> {
  await fetch(`${portal.sandbox.gitlabUrl}/-/sandbox/control${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

describe("a search", () => {
  it("finds all of a person's projects, page by page, each once", async () => {
    const found: number[] = [];
    let cursor: string | null | undefined;
    do {
      const page: Awaited<ReturnType<typeof search>> = await search("pia", { limit: 70, cursor: cursor ?? undefined });
      found.push(...page.rows.map((row) => row.projectId));
      expect(page.total).toBeGreaterThan(250);
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBe((await search("pia")).total);
  });

  it("knows the level of each, from whatever group it comes", async () => {
    const levelOf = async (username: string, query: string) => (await search(username, { query })).rows[0]?.accessLevel;
    expect(await levelOf("oleg", "acme/shop/web")).toBe(40);
    expect(await levelOf("dora", "acme/shop/web")).toBe(30);
    expect(await levelOf("pia", "acme/shop/web")).toBe(30);
    expect(await levelOf("pia", "acme/data/warehouse")).toBe(20);
  });

  it("matches every word, anywhere, whatever its case, and nothing as a wildcard", async () => {
    expect(await pathsOf("oleg", { query: "API check" })).toEqual(["acme/shop/checkout-api"]);
    expect(await pathsOf("oleg", { query: "%" })).toEqual([]);
    expect(await pathsOf("oleg", { query: "shop_web" })).toEqual([]);
  });

  it("keeps to a group, a least level, and leaves archived ones out", async () => {
    expect(await pathsOf("pia", { group: "acme/internal" })).toEqual(
      expect.arrayContaining(["acme/internal/handbook", "acme/internal/tools/chatops"]),
    );
    expect(await pathsOf("pia", { group: "acme/int" })).toEqual([]);
    expect((await search("dora", { minAccessLevel: 40 })).total).toBe(0);
    expect(await pathsOf("oleg", { query: "legacy-monolith" })).toEqual([]);
    expect(await pathsOf("oleg", { query: "legacy-monolith", archived: true })).toEqual(["acme/shop/legacy-monolith"]);
  });

  it("asks GitLab about a whole path that it does not know: found when visible, nothing said when not", async () => {
    expect((await search("dora", { query: "acme/platform/ci-templates" })).rows).toMatchObject([
      { path: "acme/platform/ci-templates", accessLevel: 0 },
    ]);
    expect(await search("dora", { query: "acme/platform/infra" })).toMatchObject({ rows: [], total: 0 });
    expect(await search("dora", { query: "acme/platform/nowhere" })).toMatchObject({ rows: [], total: 0 });
  });

  it("counts roles, and those that AWS holds otherwise, and shows the worst grade of the others", async () => {
    const db = portal.db.prismaAs("owner");
    const account = await db.awsAccount.create({ data: { accountId: "777788889999", name: "playground" } });
    const { id: ownerId } = await db.person.findFirstOrThrow({ where: { username: "oleg" } });
    const role = (name: string, grade: string, liveState = "same") => ({
      instanceId: new URL(portal.sandbox.gitlabUrl).host,
      awsAccountId: account.id,
      name,
      path: "/",
      arn: `arn:aws:iam::777788889999:role/${name}`,
      projectId: 90205,
      projectPath: "acme/shop/cart",
      ownerId,
      grade,
      liveState,
      version: 1,
    });
    await db.role.createMany({ data: [role("a", "caution"), role("b", "danger"), role("c", "safe")] });
    expect((await search("oleg", { query: "acme/shop/cart" })).rows).toMatchObject([
      { roles: 3, differing: 0, worstGrade: "danger" },
    ]);
    await db.role.updateMany({ where: { name: "b" }, data: { liveState: "drifted" } });
    await db.role.updateMany({ where: { name: "c" }, data: { liveState: "gone" } });
    expect((await search("oleg", { query: "acme/shop/cart" })).rows).toMatchObject([
      { roles: 3, differing: 2, worstGrade: "caution" },
    ]);
  });
});

describe("opening a project", () => {
  it("shows its Maintainer the subject's components", async () => {
    expect(await as("oleg").projects.get({ projectId: 90201 })).toMatchObject({
      path: "acme/shop/web",
      accessLevel: 40,
      issuer: "https://gitlab.com",
      components: ["project_path", "ref_type", "ref"],
      movedFrom: null,
    });
    expect((await as("oleg").projects.get({ projectId: 90206 })).componentWarnings).toHaveLength(1);
  });

  it("never assumes the components for whom GitLab does not show them to; the bot shows them to platform engineers", async () => {
    expect(await as("dora").projects.get({ projectId: 90201 })).toMatchObject({
      components: null,
      componentsReason: expect.stringContaining("Maintainers"),
    });
    expect(await as("pia").projects.get({ projectId: 90201 })).toMatchObject({
      accessLevel: 30,
      components: ["project_path", "ref_type", "ref"],
    });
  });

  it("says who can mint its tokens, from what GitLab really shows", async () => {
    expect(await wideningOf("oleg", 90201)).toMatchObject({
      subject: "narrow",
      "default-branch": "narrow",
      "protected-branches": "narrow",
      "unprotected-branches": "widens",
      tags: "widens",
      "merge-requests": "widens",
      forks: "narrow",
      visibility: "narrow",
      "reused-path": "narrow",
    });
    expect(await wideningOf("oleg", 90206)).toMatchObject({ subject: "widens" });
    expect(await wideningOf("oleg", 90209)).toMatchObject({ "protected-branches": "widens" });
    expect(await wideningOf("pia", 90308)).toMatchObject({ "default-branch": "widens" });
    expect(await wideningOf("pia", 90303)).toMatchObject({ visibility: "widens" });
  });

  it("assumes nothing that GitLab hides: unknown to a Developer, shown by the bot to a platform engineer", async () => {
    const hidden = {
      subject: "unknown",
      "default-branch": "unknown",
      "unprotected-branches": "unknown",
      "protected-branches": "unknown",
      tags: "unknown",
      "merge-requests": "unknown",
    };
    expect(await wideningOf("dora", 90201)).toMatchObject(hidden);
    expect(await wideningOf("pia", 90201)).toMatchObject({
      subject: "narrow",
      "default-branch": "narrow",
      "unprotected-branches": "widens",
    });
  });

  it("counts the GitLab version: before 18.2.2 a fork's pipeline in the parent is the parent", async () => {
    await control("/version", { version: "18.2.1" });
    expect(await wideningOf("pia", 90401)).toMatchObject({ forks: "widens", "reused-path": "widens" });
    expect(await wideningOf("oleg", 90201)).toMatchObject({ forks: "narrow" });
    expect(await wideningOf("dora", 90201)).toMatchObject({ forks: "unknown" });
    await control("/faults", { target: "gitlab", kind: "down", match: "/api/v4/metadata" });
    expect(await wideningOf("pia", 90401)).toMatchObject({ forks: "unknown", "reused-path": "unknown" });
    await fetch(`${portal.sandbox.gitlabUrl}/-/sandbox/control/faults`, { method: "DELETE" });
    await control("/version", { version: "19.4.1" });
    expect(await wideningOf("pia", 90401)).toMatchObject({ forks: "narrow", "reused-path": "narrow" });
  });

  it("forgets a project that GitLab no longer shows", async () => {
    expect((await search("dora", { query: "acme/shop/orders" })).total).toBe(1);
    await control("/memberships", { username: "dora", source: "acme/shop", accessLevel: 0 });
    await expect(as("dora").projects.get({ projectId: 90207 })).rejects.toMatchObject({ status: 404 });
    expect((await search("dora", { query: "acme/shop/orders" })).total).toBe(0);
  });

  it("and says the same words about a hidden project as about none", async () => {
    const words = async (projectId: number) =>
      as("dora")
        .projects.get({ projectId })
        .then(
          () => "",
          (error: Error) => error.message,
        );
    expect(await words(90301)).toBe(await words(999_999));
  });

  it("shows nothing of what GitLab has not confirmed for an hour", async () => {
    expect((await search("dora", {}, inAnHour())).total).toBe(0);
    await control("/memberships", { username: "dora", source: "acme/shop", accessLevel: 30 });
  });

  it("answers after an hour without waiting for thousands of projects: with those that GitLab has confirmed, and says that there are more", async () => {
    const later = inAnHour();
    const whole = (await search("pia")).total;
    await control("/faults", { target: "gitlab", kind: "slow", match: "/api/v4/projects", ms: 4_000 });
    const first = await search("pia", {}, later);
    expect(first).toMatchObject({ sync: { state: "running" } });
    expect(first.total).toBeLessThan(whole);
    expect((await countsOf("pia", later)).reading).toBeGreaterThan(0);
    await fetch(`${portal.sandbox.gitlabUrl}/-/sandbox/control/faults`, { method: "DELETE" });
    await expect.poll(async () => (await search("pia", {}, later)).sync.state).toBe("done");
    expect(await countsOf("pia", later)).toMatchObject({ projects: whole, reading: null });
  });

  it("refuses rather than answer from an old memory when GitLab is down", async () => {
    await control("/faults", { target: "gitlab", kind: "down", match: "/api/v4/projects" });
    await expect(search("oleg", {}, inAnHour())).rejects.toMatchObject({ status: 503 });
    expect((await search("oleg")).total).toBeGreaterThan(5);
    await fetch(`${portal.sandbox.gitlabUrl}/-/sandbox/control/faults`, { method: "DELETE" });
  });
});

describe("branches and tags", () => {
  it("say who may push, by name and by wildcard", async () => {
    const { refs, protectedPatterns, truncated } = await as("oleg").projects.refs({ projectId: 90201 });
    const whoMayPush = Object.fromEntries((refs ?? []).map((ref) => [`${ref.type} ${ref.name}`, ref.whoMayPush]));
    expect(refs?.[0]).toMatchObject({ name: "main", default: true, protected: true });
    expect(whoMayPush).toMatchObject({
      "branch main": "maintainers",
      "branch release/2.4": "maintainers",
      "branch develop": "developers",
      "tag v2.3.1": "maintainers",
    });
    expect(protectedPatterns).toContainEqual({ pattern: "release/*", type: "branch", whoMayPush: "maintainers" });
    expect(truncated).toBe(false);
  });

  it("are known to whom GitLab hides the rules from, by the branches' own flags", async () => {
    const { refs } = await as("dora").projects.refs({ projectId: 90201 });
    expect(refs?.find((ref) => ref.name === "release/2.4")).toMatchObject({
      protected: true,
      whoMayPush: "maintainers",
    });
  });

  it("are none in an empty repository", async () => {
    expect((await as("pia").projects.refs({ projectId: 90704 })).refs).toEqual([]);
  });
});
