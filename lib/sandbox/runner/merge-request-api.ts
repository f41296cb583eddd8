import { Hono } from "hono";
import { z } from "zod";
import type { Project } from "../company/company";
import type { Person } from "../company/people";
import { level } from "../gitlab/access";
import { ApiRefusal, forbidden, notFound } from "../gitlab/api-answers";
import type { ApiEnv } from "../gitlab/api-caller";
import { projectAtLevel, readableProject } from "../gitlab/api-lookup";
import type { Gitlab } from "../gitlab/gitlab-context";
import type { MergeRequest } from "../gitlab/state";
import { pipelineEntity } from "./pipeline-api";
import { requestBody } from "./request-body";
import type { Runner } from "./runner";

const newMergeRequestSchema = z.object({
  source_branch: z.string(),
  target_branch: z.string(),
  title: z.string(),
  target_project_id: z.number().int().optional(),
});

/** Merge requests and their pipelines (docs.gitlab.com/api/merge_requests). `:id` is the source when one is made, the target afterwards. */
export function mergeRequestRoutes(gitlab: Gitlab, runner: Runner): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.post("/projects/:id/merge_requests", async (c) => {
    const source = projectAtLevel(gitlab, c, level.developer);
    const asked = await requestBody(c, newMergeRequestSchema);
    const target = asked.target_project_id === undefined ? source : gitlab.world().projectById(asked.target_project_id);
    const person = c.get("person");
    if (!target || !gitlab.access().mayReadCode(person, target) || ![source.id, source.forkOf].includes(target.id))
      throw notFound("Project");
    if (!source.branches.includes(asked.source_branch) || !target.branches.includes(asked.target_branch))
      throw new ApiRefusal(422, { message: ["Source or target branch does not exist"] });
    const mergeRequest = {
      iid: ofTarget(gitlab, target).length + 1,
      targetProjectId: target.id,
      targetBranch: asked.target_branch,
      sourceProjectId: source.id,
      sourceBranch: asked.source_branch,
      authorId: person.id,
      title: asked.title,
    };
    gitlab.file.value.mergeRequests.push(mergeRequest);
    gitlab.file.changed();
    return c.json(mergeRequestEntity(gitlab, target, mergeRequest), 201);
  });
  app.post("/projects/:id/merge_requests/:iid/pipelines", (c) => {
    const target = readableProject(gitlab, c);
    const mergeRequest = ofTarget(gitlab, target).find((one) => String(one.iid) === c.req.param("iid"));
    if (!mergeRequest) throw notFound("");
    const person = c.get("person");
    const project = whereItRuns(gitlab, target, mergeRequest, person);
    if (!project) throw forbidden();
    const created = runner.create({
      project,
      person,
      ref: mergeRequest.sourceBranch,
      source: "merge_request_event",
      mergeRequest,
    });
    if (!created.ok) throw new ApiRefusal(400, { message: { base: [created.reason] } });
    return c.json(pipelineEntity(gitlab, created.pipeline), 201);
  });
  return app;
}

function ofTarget(gitlab: Gitlab, target: Project): MergeRequest[] {
  return gitlab.file.value.mergeRequests.filter((one) => one.targetProjectId === target.id);
}

/**
 * A fork's merge request runs in the parent for a member of the parent, where the parent's setting allows it; else in
 * the fork for whoever may run its pipelines (docs.gitlab.com/ci/pipelines/merge_request_pipelines). Null: nowhere.
 */
function whereItRuns(
  gitlab: Gitlab,
  target: Project,
  { sourceProjectId }: MergeRequest,
  person: Person,
): Project | null {
  const runs = (project: Project): boolean => gitlab.access().levelAt(person, project.path) >= level.developer;
  if (runs(target) && (sourceProjectId === target.id || target.forksRunInParent)) return target;
  const source = gitlab.world().projectById(sourceProjectId);
  return source && source.id !== target.id && runs(source) ? source : null;
}

function mergeRequestEntity(gitlab: Gitlab, target: Project, one: MergeRequest): Record<string, unknown> {
  const webUrl = `${gitlab.baseUrl()}/${target.path}/-/merge_requests/${one.iid}`;
  return {
    id: target.id * 1000 + one.iid,
    iid: one.iid,
    project_id: target.id,
    source_project_id: one.sourceProjectId,
    target_project_id: target.id,
    source_branch: one.sourceBranch,
    target_branch: one.targetBranch,
    title: one.title,
    state: "opened",
    draft: false,
    web_url: webUrl,
  };
}
