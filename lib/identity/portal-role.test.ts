import { expect, it, vi } from "vitest";
import { fixedClock } from "@/lib/clock";
import { TrustdeskError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import { portalRole } from "./portal-role";

vi.mock("@/lib/env", () => ({ env: { platformGroup: "acme/platform-engineers", auditorGroup: "" } }));

const silent = () => Promise.reject(new TrustdeskError("unavailable", "GitLab does not answer."));
const member = () => Promise.resolve({ access_level: 30, state: "active", expires_at: null });
const nobody = () => Promise.reject(new TrustdeskError("not-found", "no member"));
const answering = (groupMember: () => Promise<unknown>) => ({ groupMember }) as unknown as GitlabClient;
let number = 0;
const somebody = () => ({ id: `person-${(number += 1)}`, gitlabUserId: 11 });
const begin = "2026-11-22T12:00:00Z";

it("lets people read on for an hour by GitLab's last word while it does not answer, and no longer", async () => {
  const [pia, clock] = [somebody(), fixedClock(begin)];
  expect(await portalRole(pia, answering(member), { clock, live: false })).toBe("platform-engineer");
  for (let minutes = 0; minutes < 55; minutes += 5) {
    clock.advance(5 * 60_000);
    expect(await portalRole(pia, answering(silent), { clock, live: false })).toBe("platform-engineer");
  }
  clock.advance(6 * 60_000);
  await expect(portalRole(pia, answering(silent), { clock, live: false })).rejects.toMatchObject({
    code: "unavailable",
  });
});

it("never lets them write by it", async () => {
  const [pia, clock] = [somebody(), fixedClock(begin)];
  await portalRole(pia, answering(member), { clock, live: false });
  await expect(portalRole(pia, answering(silent), { clock, live: true })).rejects.toMatchObject({
    code: "unavailable",
  });
  expect(await portalRole(pia, answering(silent), { clock, live: false })).toBe("platform-engineer");
});

it("follows GitLab at once when it answers otherwise", async () => {
  const [pia, clock] = [somebody(), fixedClock(begin)];
  await portalRole(pia, answering(member), { clock, live: false });
  clock.advance(61_000);
  expect(await portalRole(pia, answering(nobody), { clock, live: false })).toBe("member");
  clock.advance(61_000);
  expect(await portalRole(pia, answering(silent), { clock, live: false })).toBe("member");
});

it("has no answer for who is not known yet, and asks again the next time", async () => {
  const [pia, clock] = [somebody(), fixedClock(begin)];
  await expect(portalRole(pia, answering(silent), { clock, live: false })).rejects.toMatchObject({
    code: "unavailable",
  });
  expect(await portalRole(pia, answering(member), { clock, live: false })).toBe("platform-engineer");
});

it("asks GitLab once for many at the same time", async () => {
  const [pia, clock] = [somebody(), fixedClock(begin)];
  const asked = vi.fn(member);
  await Promise.all([1, 2, 3].map(() => portalRole(pia, answering(asked), { clock, live: false })));
  expect(asked).toHaveBeenCalledTimes(1);
});
