import { afterAll, beforeAll, expect, it } from "vitest";
import { fixedClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { draftFor } from "@/lib/testing/role-requests";
import type { RoleStage } from "@/lib/testing/role-stage";
import { roleStage } from "@/lib/testing/role-stage";
import { readDraft } from "./read-draft";
import { saveDraft } from "./save-draft";

let stage: RoleStage;

beforeAll(async () => {
  stage = await roleStage();
});
afterAll(() => stage.databases.drop());

it("keeps what was typed for one version of a role apart from the form of the next, and loses nothing", async () => {
  const subject = { projectId: 7091, roleId: "a-role-with-versions" };
  const typed = draftFor(stage.account, "deploy", { maxSessionHours: 3 });
  const context = { person: stage.oleg, clock: fixedClock("2026-11-22T12:00:00Z") };
  await saveDraft({ ...subject, baseVersion: 2, draft: typed }, context);
  const read = (baseVersion: number, person = stage.oleg) =>
    readDraft(database(), person.id, { ...subject, baseVersion });
  expect(await read(2)).toMatchObject({ kept: { draft: { maxSessionHours: 3 } }, outdated: null });
  expect(await read(3)).toMatchObject({
    kept: null,
    outdated: { draft: { maxSessionHours: 3 }, savedAt: "2026-11-22T12:00:00.000Z" },
  });
  expect(await read(3, stage.pia)).toEqual({ kept: null, outdated: null });
});

it("does not take another role's draft for an older one", async () => {
  const context = { person: stage.oleg, clock: fixedClock("2026-11-22T12:00:00Z") };
  await saveDraft(
    { projectId: 7091, roleId: "another-role-1", baseVersion: 1, draft: draftFor(stage.account, "another") },
    context,
  );
  expect(
    await readDraft(database(), stage.oleg.id, { projectId: 7091, roleId: "another-role", baseVersion: 2 }),
  ).toEqual({ kept: null, outdated: null });
});
