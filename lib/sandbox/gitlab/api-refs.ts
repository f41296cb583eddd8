import { Hono } from "hono";
import { notFound, oneOf } from "./api-answers";
import type { ApiContext, ApiEnv } from "./api-caller";
import { projectAtLevel, readableProject } from "./api-lookup";
import type { Gitlab } from "./gitlab-context";
import { keysetPage, offsetPage } from "./pagination";
import { branchEntity, protectedBranchEntity, protectedTagEntity, tagEntity } from "./refs";

/** Branches, tags and their protection (docs.gitlab.com/api/branches, /api/tags, /api/protected_branches, /api/protected_tags). */
export function refRoutes(gitlab: Gitlab): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/projects/:id/repository/branches", (c) => {
    const project = readableProject(gitlab, c);
    const sort = oneOf("sort", c.req.query("sort"), ["name_asc", "updated_asc", "updated_desc"], "name_asc");
    const names = ordered(project.branches, sort === "updated_desc" ? "desc" : "asc").filter(searched(c));
    return c.json(paged(gitlab, c, names).map((name) => branchEntity(gitlab, project, c.get("person"), name)));
  });
  app.get("/projects/:id/repository/branches/:branch", (c) => {
    const project = readableProject(gitlab, c);
    const name = c.req.param("branch");
    if (!project.branches.includes(name)) throw notFound("Branch");
    return c.json(branchEntity(gitlab, project, c.get("person"), name));
  });
  app.get("/projects/:id/repository/tags", (c) => {
    const project = readableProject(gitlab, c);
    oneOf("order_by", c.req.query("order_by"), ["name", "updated", "version"], "updated");
    const names = ordered(project.tags, oneOf("sort", c.req.query("sort"), ["asc", "desc"], "desc")).filter(
      searched(c),
    );
    return c.json(paged(gitlab, c, names).map((name) => tagEntity(gitlab, project, name)));
  });
  app.get("/projects/:id/repository/tags/:tag", (c) => {
    const project = readableProject(gitlab, c);
    const name = c.req.param("tag");
    if (!project.tags.includes(name)) throw notFound("Tag");
    return c.json(tagEntity(gitlab, project, name));
  });
  app.get("/projects/:id/protected_branches", (c) => {
    const project = projectAtLevel(gitlab, c);
    return c.json(
      offsetPage(
        c,
        gitlab.baseUrl(),
        project.protectedBranches.filter(searched(c)).map((name, index) => protectedBranchEntity(project, name, index)),
      ),
    );
  });
  app.get("/projects/:id/protected_tags", (c) => {
    const project = projectAtLevel(gitlab, c);
    return c.json(
      offsetPage(
        c,
        gitlab.baseUrl(),
        project.protectedTags.map((name, index) => protectedTagEntity(project, name, index)),
      ),
    );
  });
  return app;
}

function ordered(names: readonly string[], sort: "asc" | "desc"): string[] {
  const sorted = [...names].sort((left, right) => (left < right ? -1 : 1));
  return sort === "asc" ? sorted : sorted.reverse();
}

/** By page, or with `pagination=keyset` after the name in `page_token`. */
function paged(gitlab: Gitlab, c: ApiContext, names: string[]): string[] {
  if (c.req.query("pagination") !== "keyset") return offsetPage(c, gitlab.baseUrl(), names);
  const token = c.req.query("page_token");
  const rest = token === undefined ? names : names.slice(names.indexOf(token) + 1);
  return keysetPage(c, gitlab.baseUrl(), rest, (last) => ({ page_token: last }));
}

/** `search`: contains; `^x` begins with, `x$` ends with. Case does not matter. */
function searched(c: ApiContext): (name: string) => boolean {
  const search = (c.req.query("search") ?? "").toLowerCase();
  const bare = search.replace(/^\^|\$$/g, "");
  return (name) => {
    const text = name.toLowerCase();
    if (search.startsWith("^") && !text.startsWith(bare)) return false;
    if (search.endsWith("$") && !text.endsWith(bare)) return false;
    return text.includes(bare);
  };
}
