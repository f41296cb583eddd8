import { Hono } from "hono";
import type { Project } from "../company/company";
import { ApiRefusal, flag, invalidParameter, oneOf, wholeNumber } from "./api-answers";
import type { ApiContext, ApiEnv } from "./api-caller";
import { projectOf } from "./api-lookup";
import { projectEntity, simpleProjectEntity } from "./entities";
import type { Gitlab } from "./gitlab-context";
import { keysetPage, offsetPage } from "./pagination";

const orders = ["id", "name", "path", "created_at", "updated_at", "last_activity_at", "similarity"] as const;
type Order = (typeof orders)[number];

/** `GET /projects`, `GET /projects/:id` (docs.gitlab.com/api/projects). */
export function projectRoutes(gitlab: Gitlab): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/projects", (c) => listProjects(gitlab, c, gitlab.world().projects));
  app.get("/projects/:id", (c) => c.json(projectEntity(gitlab, projectOf(gitlab, c), c.get("person"))));
  return app;
}

/** Answers with the visible ones of `candidates`, filtered, ordered and paged as the query asks. */
export function listProjects(gitlab: Gitlab, c: ApiContext, candidates: readonly Project[]): Response {
  const person = c.get("person");
  const simple = flag("simple", c.req.query("simple")) ?? false;
  const entity = (project: Project): Record<string, unknown> =>
    (simple ? simpleProjectEntity : projectEntity)(gitlab, project, person);
  const matching = candidates.filter(projectFilter(gitlab, c));
  const order = oneOf("order_by", c.req.query("order_by"), orders, "created_at");
  const sort = oneOf(
    "sort",
    c.req.query("sort"),
    ["asc", "desc"],
    order === "similarity" ? "desc" : defaultDirection(order),
  );
  if (c.req.query("pagination") !== "keyset") {
    return c.json(
      offsetPage(c, gitlab.baseUrl(), inOrder(matching, order, sort, c.req.query("search") ?? ""), true).map(entity),
    );
  }
  if (c.req.query("order_by") !== "id")
    throw new ApiRefusal(405, { error: "Keyset pagination is not yet available for this type of request" });
  const after = wholeNumber("id_after", c.req.query("id_after"), 0);
  const before = wholeNumber("id_before", c.req.query("id_before"), Number.MAX_SAFE_INTEGER);
  const rest = inOrder(
    matching.filter((project) => project.id > after && project.id < before),
    "id",
    sort,
    "",
  );
  return c.json(
    keysetPage(c, gitlab.baseUrl(), rest, (last) => ({
      [sort === "asc" ? "id_after" : "id_before"]: String(last.id),
    })).map(entity),
  );
}

function defaultDirection(order: Order): "asc" | "desc" {
  return order === "name" || order === "path" ? "asc" : "desc";
}

function projectFilter(gitlab: Gitlab, c: ApiContext): (project: Project) => boolean {
  const person = c.get("person");
  const access = gitlab.access();
  const membership = flag("membership", c.req.query("membership")) ?? false;
  const owned = flag("owned", c.req.query("owned")) ?? false;
  const archived = flag("archived", c.req.query("archived"));
  const namespaces = flag("search_namespaces", c.req.query("search_namespaces")) ?? false;
  const least = minimumLevel(c);
  const visibility = c.req.query("visibility");
  const terms = (c.req.query("search") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return (project) => {
    if (archived !== null && project.archived !== archived) return false;
    if (visibility && project.visibility !== visibility) return false;
    const text = [
      namespaces ? project.path : project.path.slice(project.path.lastIndexOf("/") + 1),
      project.name,
      project.description,
    ]
      .join("\n")
      .toLowerCase();
    if (!terms.every((term) => text.includes(term))) return false;
    const accessLevel = access.levelAt(person, project.path);
    if (membership && accessLevel === 0) return false;
    if (owned && accessLevel < 50) return false;
    return accessLevel >= least && access.maySeeProject(person, project);
  };
}

/** `min_access_level`, one of GitLab's levels; 0 when absent. */
export function minimumLevel(c: ApiContext): number {
  const least = wholeNumber("min_access_level", c.req.query("min_access_level"), 0);
  if (![0, 5, 10, 15, 20, 25, 30, 40, 50].includes(least))
    throw invalidParameter("min_access_level does not have a valid value");
  return least;
}

function inOrder(projects: Project[], order: Order, sort: "asc" | "desc", search: string): Project[] {
  const direction = sort === "asc" ? 1 : -1;
  return projects.sort(
    (left, right) => direction * compare(left, right, order, search.toLowerCase()) || direction * (left.id - right.id),
  );
}

function compare(left: Project, right: Project, order: Order, search: string): number {
  switch (order) {
    case "id":
      return left.id - right.id;
    case "name":
    case "path":
      return left.name.localeCompare(right.name);
    case "created_at":
      return left.createdAt.getTime() - right.createdAt.getTime();
    case "updated_at":
    case "last_activity_at":
      return left.lastActivityAt.getTime() - right.lastActivityAt.getTime();
    case "similarity":
      return similarity(left, search) - similarity(right, search);
  }
}

function similarity(project: Project, search: string): number {
  const name = project.name.toLowerCase();
  return name === search ? 3 : name.startsWith(search) ? 2 : name.includes(search) ? 1 : 0;
}
