import type { Context } from "hono";
import { Hono } from "hono";
import { z } from "zod";
import { lastSegment } from "./gitlab/entities";
import { faultSchema } from "./gitlab/faults";
import type { Gitlab } from "./gitlab/gitlab-context";

/** The clock that GitLab and AWS share: the machine's, moved by an offset. */
export interface MovableClock {
  now(): Date;
  moveTo(offsetSeconds: number): void;
}

export interface ControlOptions {
  gitlab: Gitlab;
  clock: MovableClock;
  /** Sets all of the sandbox back to the seeded company. */
  reset(): void | Promise<void>;
}

const revokeSchema = z.object({ username: z.string() });
const personSchema = z.object({ state: z.enum(["active", "blocked"]) });
const clockSchema = z.object({ offsetSeconds: z.number().int() });
const membershipSchema = z.object({
  username: z.string(),
  source: z.string(),
  accessLevel: z.number().int().min(0).max(50),
  expiresAt: z.iso.date().nullable().default(null),
});
const moveSchema = z.object({ project: z.string(), path: z.string().regex(/^[\w.-]+(\/[\w.-]+)+$/) });
const versionSchema = z.object({ version: z.string().regex(/^\d+\.\d+\.\d+$/) });

/** `/-/sandbox/control`: failures, revocations and changes of the company on demand. Never part of what a real GitLab answers. */
export function controlRoutes({ gitlab, clock, reset }: ControlOptions): Hono {
  const app = new Hono();
  const done = (c: Context): Response => c.json({ ok: true });
  app.post("/faults", async (c) => {
    const fault = await body(c, faultSchema);
    if (fault instanceof Response) return fault;
    gitlab.faults.add(fault);
    return done(c);
  });
  app.delete("/faults", (c) => {
    gitlab.faults.clear();
    return done(c);
  });
  app.post("/revoke", async (c) => {
    const asked = await body(c, revokeSchema);
    if (asked instanceof Response) return asked;
    const person = gitlab.world().personByUsername(asked.username);
    if (!person) return unknown(c, `person ${asked.username}`);
    gitlab.tokens.revokeAll(person.id);
    return done(c);
  });
  app.post("/people/:username", async (c) => {
    const asked = await body(c, personSchema);
    if (asked instanceof Response) return asked;
    const username = c.req.param("username");
    if (!gitlab.world().personByUsername(username)) return unknown(c, `person ${username}`);
    gitlab.file.value.people[username] = asked.state;
    gitlab.stateChanged();
    return done(c);
  });
  app.post("/clock", async (c) => {
    const asked = await body(c, clockSchema);
    if (asked instanceof Response) return asked;
    clock.moveTo(asked.offsetSeconds);
    return c.json({ ok: true, now: clock.now().toISOString() });
  });
  app.post("/version", async (c) => {
    const asked = await body(c, versionSchema);
    if (asked instanceof Response) return asked;
    gitlab.file.value.version = asked.version;
    gitlab.file.changed();
    return done(c);
  });
  app.post("/memberships", async (c) => changeMembership(gitlab, c));
  app.post("/projects", async (c) => moveProject(gitlab, c));
  app.post("/reset", async (c) => {
    await reset();
    return done(c);
  });
  app.all("*", (c) => c.json({ error: "The control API has no such call." }, 404));
  return app;
}

/** Sets somebody's level in a group or project; level 0 removes the membership. */
async function changeMembership(gitlab: Gitlab, c: Context): Promise<Response> {
  const asked = await body(c, membershipSchema);
  if (asked instanceof Response) return asked;
  const world = gitlab.world();
  const source = world.projectByPath(asked.source)?.path ?? world.groupByPath(asked.source)?.fullPath;
  if (!source || !world.personByUsername(asked.username))
    return unknown(c, `person ${asked.username} or path ${asked.source}`);
  const change = { ...asked, source, removed: asked.accessLevel === 0 };
  gitlab.file.value.memberships = [
    ...gitlab.file.value.memberships.filter((one) => one.username !== asked.username || one.source !== source),
    change,
  ];
  gitlab.stateChanged();
  return c.json({ ok: true });
}

/** Renames or transfers a project: its old path answers 301 from then on. */
async function moveProject(gitlab: Gitlab, c: Context): Promise<Response> {
  const asked = await body(c, moveSchema);
  if (asked instanceof Response) return asked;
  const world = gitlab.world();
  const project = world.projectByPath(asked.project);
  const namespace = world.groupByPath(asked.path.slice(0, asked.path.lastIndexOf("/")));
  if (!project || !namespace || world.projectByPath(asked.path))
    return unknown(c, `project ${asked.project}, or group of a free path ${asked.path}`);
  const before = gitlab.file.value.moves[project.id]?.oldPaths ?? [];
  const path = `${namespace.fullPath}/${lastSegment(asked.path)}`;
  gitlab.file.value.moves[project.id] = { path, oldPaths: [...before, project.path].filter((old) => old !== path) };
  gitlab.file.value.burnedPaths.push({ path: project.path, projectId: project.id });
  gitlab.stateChanged();
  return c.json({ ok: true, id: project.id, path });
}

async function body<T>(c: Context, schema: z.ZodType<T>): Promise<T | Response> {
  const parsed = schema.safeParse(await c.req.json().catch(() => null));
  return parsed.success ? parsed.data : c.json({ error: z.prettifyError(parsed.error) }, 400);
}

function unknown(c: Context, what: string): Response {
  return c.json({ error: `The sandbox knows no ${what}.` }, 404);
}
