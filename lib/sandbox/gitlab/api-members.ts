import { Hono } from "hono";
import type { Membership } from "../company/groups";
import { flag, notFound } from "./api-answers";
import type { ApiContext, ApiEnv } from "./api-caller";
import { groupOf, projectOf } from "./api-lookup";
import { listProjects, minimumLevel } from "./api-projects";
import { groupEntity, memberEntity } from "./entities";
import type { Gitlab } from "./gitlab-context";
import { offsetPage } from "./pagination";

/** Groups and the members of groups and projects, inherited ones included (docs.gitlab.com/api/members, /api/groups). */
export function memberRoutes(gitlab: Gitlab): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/groups", (c) => listGroups(gitlab, c));
  app.get("/groups/:id", (c) => c.json(groupEntity(gitlab, groupOf(gitlab, c))));
  app.get("/groups/:id/projects", (c) => {
    const group = groupOf(gitlab, c);
    const deep = flag("include_subgroups", c.req.query("include_subgroups")) ?? false;
    const below = `${group.fullPath.toLowerCase()}/`;
    return listProjects(
      gitlab,
      c,
      gitlab
        .world()
        .projects.filter((one) => (deep ? one.path.toLowerCase().startsWith(below) : one.namespaceId === group.id)),
    );
  });
  app.get("/groups/:id/members/all", (c) => listMembers(gitlab, c, groupOf(gitlab, c).fullPath));
  app.get("/groups/:id/members/all/:userId", (c) => oneMember(gitlab, c, groupOf(gitlab, c).fullPath));
  app.get("/projects/:id/members/all", (c) => listMembers(gitlab, c, projectOf(gitlab, c).path));
  app.get("/projects/:id/members/all/:userId", (c) => oneMember(gitlab, c, projectOf(gitlab, c).path));
  return app;
}

function listGroups(gitlab: Gitlab, c: ApiContext): Response {
  const person = c.get("person");
  const least = minimumLevel(c);
  const search = (c.req.query("search") ?? "").toLowerCase();
  const topOnly = flag("top_level_only", c.req.query("top_level_only")) ?? false;
  const owned = flag("owned", c.req.query("owned")) ?? false;
  const shown = gitlab.world().groups.filter((group) => {
    if (group.kind !== "group" || !gitlab.access().maySeeGroup(person, group)) return false;
    if (topOnly && group.fullPath.includes("/")) return false;
    const accessLevel = gitlab.access().levelAt(person, group.fullPath);
    return accessLevel >= (owned ? 50 : least) && `${group.name} ${group.fullPath}`.toLowerCase().includes(search);
  });
  shown.sort((left, right) => left.name.localeCompare(right.name));
  return c.json(offsetPage(c, gitlab.baseUrl(), shown).map((group) => groupEntity(gitlab, group)));
}

function listMembers(gitlab: Gitlab, c: ApiContext, path: string): Response {
  const query = (c.req.query("query") ?? "").toLowerCase();
  const ids = c.req.queries("user_ids[]")?.map(Number);
  const entities = gitlab
    .access()
    .membersOf(path)
    .flatMap((membership) => entityOf(gitlab, membership))
    .filter(
      (one) =>
        (ids?.includes(Number(one.id)) ?? true) &&
        `${String(one.username)} ${String(one.name)}`.toLowerCase().includes(query),
    )
    .sort((left, right) => Number(left.id) - Number(right.id));
  return c.json(offsetPage(c, gitlab.baseUrl(), entities));
}

function oneMember(gitlab: Gitlab, c: ApiContext, path: string): Response {
  const userId = Number(c.req.param("userId"));
  const entity = gitlab
    .access()
    .membersOf(path)
    .flatMap((membership) => entityOf(gitlab, membership))
    .find((one) => one.id === userId);
  if (!entity) throw notFound("");
  return c.json(entity);
}

function entityOf(gitlab: Gitlab, membership: Membership): Record<string, unknown>[] {
  const person = gitlab.world().personByUsername(membership.username);
  return person ? [memberEntity(gitlab, membership, person)] : [];
}
