import { HTTPException } from "hono/http-exception";
import type { Project } from "../company/company";
import type { Namespace } from "../company/groups";
import { level } from "./access";
import { ApiRefusal, forbidden, notFound } from "./api-answers";
import type { ApiContext } from "./api-caller";
import type { Gitlab } from "./gitlab-context";

/**
 * The project that `:id`, a number or a path, names. 404 when it is absent or invisible to the caller;
 * a path that it left answers 301 with the numeric address (docs.gitlab.com/api/rest, "Redirects").
 */
export function projectOf(gitlab: Gitlab, c: ApiContext): Project {
  const id = c.req.param("id") ?? "";
  const world = gitlab.world();
  const found = /^\d+$/.test(id) ? world.projectById(Number(id)) : world.projectByPath(id);
  const moved = found ? null : world.projectMovedFrom(id);
  const project = found ?? moved;
  if (!project || !gitlab.access().maySeeProject(c.get("person"), project)) throw notFound("Project");
  if (moved) throw redirect(gitlab, c, moved);
  return project;
}

function redirect(gitlab: Gitlab, c: ApiContext, project: Project): HTTPException {
  if (c.req.method !== "GET")
    return new ApiRefusal(405, { message: "405 Non GET methods are not allowed for moved projects" });
  const url = new URL(c.req.url);
  const location = `${gitlab.baseUrl()}${url.pathname.replace(/^(\/api\/v4\/projects\/)[^/]+/, `$1${project.id}`)}${url.search}`;
  return new HTTPException(301, {
    res: new Response(`This resource has been moved permanently to ${location}`, {
      status: 301,
      headers: { Location: location, "Content-Type": "text/plain" },
    }),
  });
}

/** The project, if the caller may read its code (Reporter in a private one); else 403. */
export function readableProject(gitlab: Gitlab, c: ApiContext): Project {
  const project = projectOf(gitlab, c);
  if (!gitlab.access().mayReadCode(c.get("person"), project)) throw forbidden();
  return project;
}

/** The project, if the caller has at least `least` in it; else 403. */
export function projectAtLevel(gitlab: Gitlab, c: ApiContext, least: number = level.maintainer): Project {
  const project = projectOf(gitlab, c);
  if (gitlab.access().levelAt(c.get("person"), project.path) < least) throw forbidden();
  return project;
}

/** The group that `:id` names; 404 when it is absent or invisible. */
export function groupOf(gitlab: Gitlab, c: ApiContext): Namespace {
  const id = c.req.param("id") ?? "";
  const group = /^\d+$/.test(id) ? gitlab.world().groupById(Number(id)) : gitlab.world().groupByPath(id);
  if (!group || group.kind !== "group" || !gitlab.access().maySeeGroup(c.get("person"), group)) throw notFound("Group");
  return group;
}
