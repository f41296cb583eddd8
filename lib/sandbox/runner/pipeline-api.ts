import { Hono } from "hono";
import { level } from "../gitlab/access";
import { ApiRefusal, invalidParameter, notFound } from "../gitlab/api-answers";
import type { ApiContext, ApiEnv } from "../gitlab/api-caller";
import { projectAtLevel, readableProject } from "../gitlab/api-lookup";
import { lastSegment, shaOf, userEntity } from "../gitlab/entities";
import type { Gitlab } from "../gitlab/gitlab-context";
import { offsetPage } from "../gitlab/pagination";
import type { Pipeline } from "../gitlab/state";
import type { Runner } from "./runner";

type Entity = Record<string, unknown>;

/** Pipelines and jobs (docs.gitlab.com/api/pipelines, /api/jobs). */
export function pipelineRoutes(gitlab: Gitlab, runner: Runner): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.post("/projects/:id/pipeline", async (c) => {
    const project = projectAtLevel(gitlab, c, level.developer);
    const asked: unknown = await c.req.json().catch(() => null);
    const ref = c.req.query("ref") ?? (asked as { ref?: unknown } | null)?.ref;
    if (typeof ref !== "string") throw invalidParameter("ref is missing");
    const created = runner.create({ project, person: c.get("person"), ref, source: "api" });
    if (!created.ok) throw new ApiRefusal(400, { message: { base: [created.reason] } });
    return c.json(pipelineEntity(gitlab, created.pipeline), 201);
  });
  app.get("/projects/:id/pipelines", (c) => {
    const project = readableProject(gitlab, c);
    const { ref, status } = c.req.query();
    const found = gitlab.file.value.pipelines
      .filter((one) => one.projectId === project.id && (!ref || one.ref === ref) && (!status || one.status === status))
      .reverse();
    return c.json(offsetPage(c, gitlab.baseUrl(), found).map((one) => pipelineEntity(gitlab, one)));
  });
  app.get("/projects/:id/pipelines/:pipelineId", (c) => c.json(pipelineEntity(gitlab, pipelineOf(gitlab, c))));
  app.get("/projects/:id/pipelines/:pipelineId/jobs", (c) =>
    c.json(offsetPage(c, gitlab.baseUrl(), [jobEntity(gitlab, pipelineOf(gitlab, c))])),
  );
  app.get("/projects/:id/jobs/:jobId", (c) => c.json(jobEntity(gitlab, jobOf(gitlab, c))));
  app.get("/projects/:id/jobs/:jobId/trace", (c) => c.text(jobOf(gitlab, c).log));
  return app;
}

function pipelineOf(gitlab: Gitlab, c: ApiContext): Pipeline {
  const project = readableProject(gitlab, c);
  const pipeline = gitlab.file.value.pipelines.find(
    (one) => one.projectId === project.id && String(one.id) === c.req.param("pipelineId"),
  );
  if (!pipeline) throw notFound("");
  return pipeline;
}

function jobOf(gitlab: Gitlab, c: ApiContext): Pipeline {
  const project = readableProject(gitlab, c);
  const pipeline = gitlab.file.value.pipelines.find(
    (one) => one.projectId === project.id && String(one.jobId) === c.req.param("jobId"),
  );
  if (!pipeline) throw notFound("");
  return pipeline;
}

/** A pipeline as the API answers it; a merge request's has the merge request's own ref. */
export function pipelineEntity(gitlab: Gitlab, pipeline: Pipeline): Entity {
  const { id, iid, projectId, status, source, tag, mergeRequest } = pipeline;
  const ref = mergeRequest ? `refs/merge-requests/${mergeRequest.iid}/head` : pipeline.ref;
  const project = gitlab.world().projectById(projectId);
  const pushedTo = gitlab.world().projectById(mergeRequest?.sourceProjectId ?? projectId);
  const person = gitlab.world().personById(pipeline.userId);
  return {
    id,
    iid,
    project_id: projectId,
    sha: pushedTo && shaOf(pushedTo, pipeline.ref),
    ref,
    tag,
    status,
    source,
    created_at: pipeline.createdAt,
    updated_at: pipeline.finishedAt ?? pipeline.createdAt,
    started_at: pipeline.startedAt,
    finished_at: pipeline.finishedAt,
    web_url: `${gitlab.baseUrl()}/${project?.path ?? ""}/-/pipelines/${id}`,
    user: person && userEntity(gitlab, person),
  };
}

function jobEntity(gitlab: Gitlab, pipeline: Pipeline): Entity {
  const project = gitlab.world().projectById(pipeline.projectId);
  const person = gitlab.world().personById(pipeline.userId);
  const seconds =
    pipeline.startedAt && pipeline.finishedAt
      ? (Date.parse(pipeline.finishedAt) - Date.parse(pipeline.startedAt)) / 1000
      : null;
  return {
    id: pipeline.jobId,
    name: "test-aws",
    stage: "build",
    status: pipeline.status,
    ...(pipeline.failureReason ? { failure_reason: pipeline.failureReason } : {}),
    ref: pipeline.ref,
    tag: pipeline.tag,
    created_at: pipeline.createdAt,
    started_at: pipeline.startedAt,
    finished_at: pipeline.finishedAt,
    duration: seconds,
    web_url: `${gitlab.baseUrl()}/${project?.path ?? ""}/-/jobs/${pipeline.jobId}`,
    project: project && { name: lastSegment(project.path) },
    pipeline: {
      id: pipeline.id,
      iid: pipeline.iid,
      project_id: pipeline.projectId,
      ref: pipeline.ref,
      status: pipeline.status,
      source: pipeline.source,
    },
    runner: pipeline.startedAt ? { id: 12270835, description: "sandbox", is_shared: true } : null,
    user: person && userEntity(gitlab, person),
  };
}
