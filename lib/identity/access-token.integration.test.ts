import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { fixedClock, systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { Portal } from "@/lib/testing/portal";
import { startPortal } from "@/lib/testing/portal";
import { accessTokenOf } from "./access-token";

let portal: Portal;
let accountId: string;
/** Two hours and more after any sign-in of this suite: tokens have expired. */
const later = () => fixedClock(new Date(systemClock.now().getTime() + 3 * 60 * 60_000));

beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());

beforeEach(async () => {
  await portal.signIn("oleg");
  accountId = (await database().account.findFirstOrThrow({ where: { user: { person: { username: "oleg" } } } })).id;
});

/** Counts the refreshes that reach GitLab. */
function countingFetch(): { fetch: typeof fetch; calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    fetch: (input, init) => {
      calls += 1;
      return fetch(input, init);
    },
  };
}

const worksAtGitlab = async (token: string) =>
  (await fetch(`${portal.sandbox.gitlabUrl}/api/v4/user`, { headers: { authorization: `Bearer ${token}` } })).status ===
  200;

it("makes one refresh of many concurrent ones, and all get the token that works", async () => {
  const counting = countingFetch();
  const options = {
    clock: later(),
    fetch: counting.fetch,
    sleep: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
  const tokens = await Promise.all(Array.from({ length: 8 }, () => accessTokenOf(accountId, options)));
  expect(counting.calls()).toBe(1);
  expect(new Set(tokens).size).toBe(1);
  expect(await worksAtGitlab(tokens[0] ?? "")).toBe(true);
});

it("renews a token that GitLab has refused before its time, once, and gives the newer one to whoever still holds the old", async () => {
  const counting = countingFetch();
  const options = {
    clock: systemClock,
    fetch: counting.fetch,
    sleep: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
  const rejected = await accessTokenOf(accountId, options);
  const renewed = await Promise.all(
    Array.from({ length: 4 }, () => accessTokenOf(accountId, { ...options, rejected })),
  );
  expect(counting.calls()).toBe(1);
  expect(new Set(renewed).size).toBe(1);
  expect(renewed[0]).not.toBe(rejected);
  expect(await worksAtGitlab(renewed[0] ?? "")).toBe(true);
});

it("takes over from a holder that died, once its lease has run out", async () => {
  const clock = later();
  await database().account.update({
    where: { id: accountId },
    data: { refreshLease: "dead", refreshLeaseUntil: new Date(clock.now().getTime() + 15_000) },
  });
  const counting = countingFetch();
  const token = await accessTokenOf(accountId, {
    clock,
    fetch: counting.fetch,
    sleep: async () => clock.advance(5_000),
  });
  expect(counting.calls()).toBe(1);
  expect(await worksAtGitlab(token)).toBe(true);
});

it("says that a revoked grant has ended, and forgets its tokens", async () => {
  await fetch(`${portal.sandbox.gitlabUrl}/-/sandbox/control/revoke`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "oleg" }),
  });
  await expect(accessTokenOf(accountId, { clock: later() })).rejects.toMatchObject({ code: "not-signed-in" });
  expect(await database().account.findUniqueOrThrow({ where: { id: accountId } })).toMatchObject({
    access_token: null,
    refresh_token: null,
    refreshLease: null,
  });
});

it("keeps the tokens and frees the lease when GitLab is silent", async () => {
  const silent: typeof fetch = () => Promise.reject(new TypeError("fetch failed"));
  await expect(accessTokenOf(accountId, { clock: later(), fetch: silent })).rejects.toMatchObject({
    code: "unavailable",
  });
  expect(await worksAtGitlab(await accessTokenOf(accountId, { clock: later() }))).toBe(true);
});

it("does not serve a token to another user's row", async () => {
  await portal.signIn("pia");
  const pia = await database().account.findFirstOrThrow({ where: { user: { person: { username: "pia" } } } });
  await database().account.update({
    where: { id: accountId },
    data: { access_token: pia.access_token, expires_at: pia.expires_at },
  });
  await expect(accessTokenOf(accountId, { clock: systemClock })).rejects.toMatchObject({ code: "not-signed-in" });
});
