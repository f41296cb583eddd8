import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/clock";
import { saidNothing } from "@/lib/testing/judgements";
import type { Portal } from "@/lib/testing/portal";
import { startPortal } from "@/lib/testing/portal";

const web = { projectId: 90201, projectPath: "acme/shop/web" };
const people = ["pia", "oleg", "dora", "mona", "ada"] as const;
type Username = (typeof people)[number];

let portal: Portal;
const sessions: Partial<Record<Username, string | null>> = {};
let requestId = "";

beforeAll(async () => {
  portal = await startPortal();
  for (const username of people) {
    sessions[username] = (await portal.signIn(username)).sessionToken;
    await portal.as(sessions[username] ?? null).projects.search({ query: "", archived: false, limit: 1 });
    await portal.settled();
  }
  await seed();
});
afterAll(() => portal.stop());

const find = (username: Username, query: string) => portal.as(sessions[username] ?? null).search.find({ query });

describe("a search over everything", () => {
  it("finds project, role, request and people in one answer, whatever the case", async () => {
    const found = await find("oleg", "SHOP web");
    expect(found.projects).toContainEqual({ projectId: web.projectId, path: web.projectPath });
    expect(found.roles).toEqual([
      expect.objectContaining({
        name: "shop_deploy",
        accountName: "playground",
        projectPath: web.projectPath,
        grade: "caution",
      }),
    ]);
    expect(found.requests).toEqual([
      expect.objectContaining({ id: requestId, roleName: "shop_deploy", state: "applied", kind: "create" }),
    ]);
    expect((await find("oleg", "brandt")).people).toEqual([expect.objectContaining({ username: "oleg" })]);
  });

  it("puts a project first whose whole name was typed", async () => {
    expect((await find("pia", "Web")).projects[0]?.path).toMatch(/\/web$/);
    expect((await find("pia", "acme/shop/web")).projects[0]).toEqual({
      projectId: web.projectId,
      path: web.projectPath,
    });
  });

  it("finds a role by its ARN and a request by who asked for it", async () => {
    expect((await find("dora", "arn:aws:iam::777788889999:role/shop_deploy")).roles).toHaveLength(1);
    expect((await find("dora", "oleg deploy")).requests.map(({ id }) => id)).toEqual([requestId]);
  });

  it("takes nothing for a wildcard, and finds nothing for nothing", async () => {
    const nothing = { projects: [], roles: [], requests: [], people: [] };
    expect(await find("pia", "   ")).toEqual(nothing);
    expect(await find("pia", "%")).toEqual(nothing);
    expect((await find("pia", "p_deploy")).roles).toHaveLength(1);
    expect((await find("pia", "shop_deplo_")).roles).toEqual([]);
  });

  it("leaves removed roles out and answers at most six of a kind", async () => {
    expect((await find("pia", "retired")).roles).toEqual([]);
    expect((await find("pia", "acme")).projects).toHaveLength(6);
  });

  it("shows everything to platform engineers and auditors", async () => {
    for (const username of ["pia", "ada"] as const) {
      const found = await find(username, "shop_deploy");
      expect([found.roles.length, found.requests.length]).toEqual([1, 1]);
      expect((await find(username, "dora")).people).toHaveLength(1);
    }
  });

  it("shows a member of other projects nothing of these, not even who works on them", async () => {
    for (const query of ["shop_deploy", "acme/shop/web", "oleg", "777788889999"]) {
      expect(await find("mona", query)).toEqual({ projects: [], roles: [], requests: [], people: [] });
    }
    expect((await find("mona", "mona")).people).toHaveLength(1);
    expect((await find("dora", "mona")).people).toEqual([]);
  });
});

async function seed(): Promise<void> {
  const db = portal.db.prismaAs("owner");
  const oleg = await db.person.findFirstOrThrow({ where: { username: "oleg" } });
  const account = await db.awsAccount.create({ data: { accountId: "777788889999", name: "playground" } });
  const common = { ...web, instanceId: oleg.instanceId, awsAccountId: account.id, grade: "caution" };
  const role = (name: string, removedAt: Date | null) => ({
    ...common,
    name,
    path: "/",
    arn: `arn:aws:iam::777788889999:role/${name}`,
    ownerId: oleg.id,
    version: 1,
    removedAt,
  });
  await db.role.createMany({ data: [role("shop_deploy", null), role("shop-retired", systemClock.now())] });
  const request = await db.roleRequest.create({
    data: {
      ...common,
      requesterId: oleg.id,
      roleName: "shop_deploy",
      rolePath: "/",
      draft: {},
      plan: {},
      planDigest: "0".repeat(64),
      ...saidNothing,
      state: "applied",
      rule: "platform-engineer",
    },
  });
  requestId = request.id;
}
