import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Project } from "../company/company";
import type { Person } from "../company/people";
import { level } from "../gitlab/access";
import type { Gitlab } from "../gitlab/gitlab-context";
import { hashOf } from "../gitlab/tokens";
import { jobVariables } from "./article-job";
import type { ProjectView } from "./pages";
import { continueAsPage, jobPage, notFoundPage, pipelinesPage, startPage } from "./pages";
import type { Runner } from "./runner";

const cookieName = "_sandbox_gitlab_session";
const shownPipelines = 30;
const shownProjects = 50;

/** The few web pages of the sandbox's GitLab: who one is, a project's pipelines and variables, a job. */
export function webRoutes(gitlab: Gitlab, runner: Runner): Hono {
  const sessions = new Map<string, number>();
  const app = new Hono();
  const current = (c: Context): Person | null => {
    const person = gitlab.world().personById(sessions.get(hashOf(getCookie(c, cookieName) ?? "")) ?? 0);
    return person?.state === "active" ? person : null;
  };
  app.use("*", async (c, next) => {
    const origin = c.req.header("origin");
    if (c.req.method !== "GET" && origin !== undefined && origin !== new URL(gitlab.baseUrl()).origin)
      return c.text("Cross-site request refused.", 403);
    return next();
  });
  app.get("/-/sandbox/continue-as", (c) => c.html(continueAsPage(choice(gitlab), localPath(c.req.query("return_to")))));
  app.post("/-/sandbox/continue-as", async (c) => {
    const form = await c.req.parseBody();
    const person = gitlab.world().personByUsername(String(form.username));
    if (person?.state !== "active" || person.bot)
      return c.text("Your account has been blocked, or does not exist.", 403);
    const session = randomBytes(32).toString("hex");
    sessions.set(hashOf(session), person.id);
    setCookie(c, cookieName, session, { httpOnly: true, sameSite: "Lax", path: "/" });
    return c.redirect(localPath(form.return_to), 303);
  });
  app.all("*", async (c) => {
    const person = current(c);
    if (!person) return c.html(continueAsPage(choice(gitlab), c.req.path), c.req.method === "GET" ? 200 : 401);
    if (c.req.path === "/") return startFor(gitlab, c, person);
    const [path = "", ...rest] = decodeURIComponent(c.req.path).slice(1).split("/-/");
    const project = gitlab.world().projectByPath(path) ?? gitlab.world().projectMovedFrom(path);
    if (!project || !gitlab.access().mayReadCode(person, project)) return c.html(notFoundPage(person), 404);
    return projectPage({ gitlab, runner, project, person }, c, rest.join("/-/"));
  });
  return app;
}

interface Visit {
  gitlab: Gitlab;
  runner: Runner;
  project: Project;
  person: Person;
}

async function projectPage(visit: Visit, c: Context, place: string): Promise<Response> {
  const { gitlab, project } = visit;
  const pipelines = `/${project.path}/-/pipelines`;
  if (c.req.method === "POST") return change(visit, c, place);
  if (place === "pipelines") return c.html(pipelinesPage(viewOf(visit, null)));
  const [noun, id] = place.split("/");
  const found = gitlab.file.value.pipelines.find(
    (one) => one.projectId === project.id && String(noun === "jobs" ? one.jobId : one.id) === id,
  );
  if (noun === "jobs" && found) return c.html(jobPage(viewOf(visit, null), found));
  if (noun === "pipelines" && found) return c.redirect(`/${project.path}/-/jobs/${found.jobId}`);
  return place === "" || noun === "tree" ? c.redirect(pipelines) : c.html(notFoundPage(visit.person), 404);
}

async function change(visit: Visit, c: Context, place: string): Promise<Response> {
  const { gitlab, runner, project, person } = visit;
  const form = await c.req.parseBody();
  if (place === "pipelines") {
    const created = runner.create({ project, person, ref: String(form.ref), source: "web" });
    return created.ok
      ? c.redirect(`/${project.path}/-/jobs/${created.pipeline.jobId}`, 303)
      : c.html(pipelinesPage(viewOf(visit, created.reason)), 422);
  }
  if (place !== "variables") return c.html(notFoundPage(person), 404);
  if (gitlab.access().levelAt(person, project.path) < level.maintainer) return c.html(notFoundPage(person), 404);
  const kept = gitlab.variablesOf(project).filter((one) => !jobVariables.some((key) => key === one.key));
  const typed = jobVariables.flatMap((key) =>
    String(form[key] ?? "").trim() === "" ? [] : [variable(key, String(form[key]).trim())],
  );
  gitlab.setVariables(project, [...kept, ...typed]);
  return c.redirect(`/${project.path}/-/pipelines`, 303);
}

function variable(key: string, value: string): ReturnType<Gitlab["variablesOf"]>[number] {
  return {
    variable_type: "env_var",
    key,
    value,
    protected: false,
    masked: false,
    hidden: false,
    raw: false,
    environment_scope: "*",
    description: null,
  };
}

function viewOf({ gitlab, project, person }: Visit, problem: string | null): ProjectView {
  const accessLevel = gitlab.access().levelAt(person, project.path);
  const variables =
    accessLevel >= level.maintainer
      ? Object.fromEntries(gitlab.variablesOf(project).map((one) => [one.key, one.value]))
      : null;
  const pipelines = gitlab.file.value.pipelines
    .filter((one) => one.projectId === project.id)
    .slice(-shownPipelines)
    .reverse();
  return { project, person, variables, pipelines, problem };
}

function startFor(gitlab: Gitlab, c: Context, person: Person): Response | Promise<Response> {
  const mine = gitlab
    .world()
    .projects.filter((project) => gitlab.access().levelAt(person, project.path) >= level.developer);
  return c.html(startPage(person, mine.slice(0, shownProjects), mine.length));
}

function choice(gitlab: Gitlab): Person[] {
  return gitlab.world().people.filter((one) => !one.bot && one.state === "active");
}

/** A path of this site; anything else becomes the start page. */
function localPath(value: unknown): string {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : "/";
}
