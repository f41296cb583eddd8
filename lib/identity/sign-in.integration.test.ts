import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock, systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { Portal, SignInOutcome } from "@/lib/testing/portal";
import { startPortal } from "@/lib/testing/portal";
import { countUse, limits } from "./rate-limit";
import { handleAuth } from "./sign-in-route";

let portal: Portal;

beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

function sessionOf({ sessionToken, redirect }: SignInOutcome): string {
  expect(sessionToken, `led to ${redirect}`).not.toBeNull();
  return sessionToken ?? "";
}

async function control(path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${portal.sandbox.gitlabUrl}/-/sandbox/control${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}

describe("a sign-in", () => {
  it("leads back to where it began, and tells who signed in", async () => {
    const outcome = await portal.signIn("pia", { returnTo: "/projects/90201" });
    expect(outcome.redirect).toBe("http://127.0.0.1:3999/projects/90201");
    const { person } = await portal.as(sessionOf(outcome)).identity.me();
    expect(person).toMatchObject({ username: "pia", name: "Pia Okafor", role: "platform-engineer" });
  });

  it("never leads to another origin", async () => {
    const outcome = await portal.signIn("pia", { returnTo: "https://evil.example/projects" });
    expect(new URL(outcome.redirect).origin).toBe("http://127.0.0.1:3999");
  });

  it("stores no token that a reader of the database could use", async () => {
    const token = sessionOf(await portal.signIn("oleg"));
    const [accounts, sessions] = await Promise.all([database().account.findMany(), database().session.findMany()]);
    expect(sessions.map((session) => session.sessionToken)).not.toContain(token);
    for (const account of accounts) {
      expect(account.id_token).toBeNull();
      for (const stored of [account.access_token, account.refresh_token]) {
        expect(stored).toMatch(/^[0-9a-f]{8}\.[\w-]+\.[\w-]+\.[\w-]+$/);
        expect(
          (await fetch(`${portal.sandbox.gitlabUrl}/api/v4/user`, { headers: { authorization: `Bearer ${stored}` } }))
            .status,
        ).toBe(401);
      }
    }
  });

  it("is in the audit", async () => {
    await portal.signIn("ada");
    const { rows } = await portal.as(sessionOf(await portal.signIn("ada"))).audit.list({ person: "ada" });
    expect(rows[0]).toMatchObject({ action: "signed-in", actor: { username: "ada" } });
  });

  it("is one person's, though the first one comes many times at the same moment", async () => {
    const sessions = (await Promise.all(Array.from({ length: 6 }, () => portal.signIn("mona")))).map(sessionOf);
    const people = await Promise.all(sessions.map((session) => portal.as(session).identity.me()));
    expect(new Set(people.map(({ person }) => person.id)).size).toBe(1);
    const stored = await database().user.findMany({ where: { name: people[0]?.person.name ?? "" } });
    expect(stored).toHaveLength(1);
    const { rows } = await portal.as(sessions[0] ?? "").audit.list({ person: "mona" });
    expect(rows.filter(({ action }) => action === "signed-in")).toHaveLength(6);
  });

  it("never joins two people who share a browser", async () => {
    const olegs = sessionOf(await portal.signIn("oleg"));
    const doras = sessionOf(await portal.signIn("dora", { previousSession: olegs }));
    expect((await portal.as(doras).identity.me()).person.username).toBe("dora");
    await expect(portal.as(olegs).identity.me()).rejects.toMatchObject({ status: 401 });
  });

  it.each([
    ["a blocked user", "boris", "blocked"],
    ["a member of nothing", "nils", "nothing-here"],
    ["somebody whose only membership has expired", "erik", "nothing-here"],
  ])("refuses %s with its own words, and stores nothing", async (_who, username, reason) => {
    const outcome = await portal.signIn(username);
    expect(outcome).toEqual({ sessionToken: null, redirect: `/sign-in?reason=${reason}` });
    expect(await database().person.count({ where: { username } })).toBe(0);
  });
});

describe("a grant that GitLab has ended", () => {
  it("ends the session; the next sign-in's tokens work", async () => {
    const before = sessionOf(await portal.signIn("mona"));
    await portal.as(before).projects.get({ projectId: 90401 });
    await control("/revoke", { username: "mona" });
    await expect(portal.as(before).projects.sync()).rejects.toMatchObject({ status: 401 });
    const after = sessionOf(await portal.signIn("mona"));
    expect((await portal.as(after).projects.get({ projectId: 90401 })).path).toBe("acme/data/pipelines");
  });

  it("ends the session of somebody who was blocked since, at the next write", async () => {
    const token = sessionOf(await portal.signIn("dora"));
    await control("/people/dora", { state: "blocked" });
    await expect(portal.as(token).projects.sync()).rejects.toMatchObject({ status: 401 });
    await control("/people/dora", { state: "active" });
    await expect(portal.as(token).identity.me()).rejects.toMatchObject({ status: 401 });
  });

  it("and tokens that this installation cannot read mean signed out, not an error", async () => {
    const token = sessionOf(await portal.signIn("oleg"));
    await database().account.updateMany({
      where: { user: { person: { username: "oleg" } } },
      data: { access_token: "00000000.a.b.c" },
    });
    await expect(portal.as(token).projects.sync()).rejects.toMatchObject({ status: 401 });
  });
});

describe("a sign-out", () => {
  async function tokenWorks(username: string): Promise<boolean> {
    const account = await database().account.findFirst({ where: { user: { person: { username } } } });
    return account?.access_token !== null;
  }

  it("ends the grant at GitLab only with the person's last session", async () => {
    const first = sessionOf(await portal.signIn("pia"));
    await database().session.deleteMany({ where: { user: { person: { username: "pia" } } } });
    const laptop = sessionOf(await portal.signIn("pia"));
    const phone = sessionOf(await portal.signIn("pia"));
    await portal.signOut(laptop);
    expect(await tokenWorks("pia")).toBe(true);
    await expect(portal.as(laptop).identity.me()).rejects.toMatchObject({ status: 401 });
    expect((await portal.as(phone).projects.sync()).state).toBe("running");
    await portal.signOut(phone);
    expect(await tokenWorks("pia")).toBe(false);
    await expect(portal.as(first).identity.me()).rejects.toMatchObject({ status: 401 });
  });
});

describe("the sign-in route", () => {
  const context = (...nextauth: string[]) => ({ params: Promise.resolve({ nextauth }) });

  it("says so when somebody refuses at GitLab", async () => {
    const answer = await handleAuth(
      new NextRequest("http://127.0.0.1:3999/api/auth/callback/gitlab?error=access_denied&state=x"),
      context("callback", "gitlab"),
    );
    expect(answer.headers.get("location")).toBe("/sign-in?reason=consent-refused");
  });

  it("lets so many sign-ins a minute through from an address, and says when to come again", async () => {
    // This minute and the next are used up, so that the turn of a minute in between does not matter.
    const nextMinute = fixedClock(new Date(systemClock.now().getTime() + 60_000));
    for (const clock of [nextMinute, systemClock])
      for (let count = 0; count < limits["sign-in"].most; count += 1) await countUse("sign-in", "203.0.113.7", clock);
    const request = new NextRequest("http://127.0.0.1:3999/api/auth/signin/gitlab", {
      method: "POST",
      headers: { "x-forwarded-for": "198.51.100.1, 203.0.113.7" },
    });
    const answer = await handleAuth(request, context("signin", "gitlab"));
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("says so when GitLab is down, before it sends anybody there", async () => {
    await control("/faults", { target: "gitlab", kind: "down" });
    const answer = await handleAuth(
      new NextRequest("http://127.0.0.1:3999/api/auth/signin/gitlab", { method: "POST" }),
      context("signin", "gitlab"),
    );
    expect(await answer.json()).toEqual({ url: "/sign-in?reason=gitlab-down" });
    await fetch(`${portal.sandbox.gitlabUrl}/-/sandbox/control/faults`, { method: "DELETE" });
  });
});
