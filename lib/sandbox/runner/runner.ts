import type { Project } from "../company/company";
import type { Person } from "../company/people";
import { shaOf } from "../gitlab/entities";
import type { Gitlab } from "../gitlab/gitlab-context";
import { mintIdToken } from "../gitlab/id-token";
import { isProtected, mayPush, mayRunPipeline } from "../gitlab/refs";
import type { MergeRequest, Pipeline } from "../gitlab/state";
import type { JobVariables } from "./article-job";
import { jobVariables, runArticleJob } from "./article-job";
import type { JobLog } from "./job-log";
import { printPreparation } from "./job-log";

/** What somebody asks for with "Run pipeline". */
export interface PipelineRequest {
  project: Project;
  person: Person;
  ref: string;
  source: Pipeline["source"];
  /** Set for a merge request's pipeline, whose `ref` is the source branch. */
  mergeRequest?: MergeRequest;
}

export interface Runner {
  /** Creates the pipeline and starts its job, or says why not in GitLab's words. */
  create(request: PipelineRequest): { ok: true; pipeline: Pipeline } | { ok: false; reason: string };
  /** Resolves when no job runs. */
  settled(): Promise<void>;
}

/** The sandbox's runner. Jobs that an earlier process left running have failed. */
export function createRunner(gitlab: Gitlab): Runner {
  const running = new Set<Promise<void>>();
  for (const pipeline of gitlab.file.value.pipelines) {
    if (pipeline.status === "created" || pipeline.status === "running")
      finish(gitlab, pipeline, "runner_system_failure");
  }
  return {
    create: (request) => {
      const reason = refusal(gitlab, request);
      if (reason) return { ok: false, reason };
      const pipeline = newPipeline(gitlab, request);
      const job = run(gitlab, request, pipeline)
        .catch((error: unknown) => {
          pipeline.log += `ERROR: Job failed (system failure): ${error instanceof Error ? error.message : String(error)}\n`;
          finish(gitlab, pipeline, "runner_system_failure");
        })
        .finally(() => running.delete(job));
      running.add(job);
      return { ok: true, pipeline };
    },
    settled: async () => {
      await Promise.all(running);
    },
  };
}

function refusal(gitlab: Gitlab, { project, person, ref, mergeRequest }: PipelineRequest): string | null {
  if (mergeRequest) return project.ciConfig === null ? "Missing CI config file" : null;
  const tag = isTag(project, ref);
  if (!tag && !project.branches.includes(ref)) return "Reference not found";
  if (project.archived) return "The project is archived";
  if (project.ciConfig === null) return "Missing CI config file";
  return mayRunPipeline(gitlab, project, person, ref, tag)
    ? null
    : `You do not have sufficient permission to run a pipeline on '${ref}'. Please select a different branch or contact your administrator for assistance.`;
}

function isTag(project: Project, ref: string): boolean {
  return !project.branches.includes(ref) && project.tags.includes(ref);
}

function newPipeline(gitlab: Gitlab, { project, person, ref, source, mergeRequest }: PipelineRequest): Pipeline {
  const { pipelines } = gitlab.file.value;
  const pipeline: Pipeline = {
    id: 2_190_000_001 + pipelines.length,
    jobId: 12_150_000_001 + pipelines.length,
    iid: pipelines.filter((one) => one.projectId === project.id).length + 1,
    projectId: project.id,
    userId: person.id,
    ref,
    tag: !mergeRequest && isTag(project, ref),
    source,
    mergeRequest: mergeRequest ?? null,
    status: "created",
    failureReason: null,
    createdAt: gitlab.now().toISOString(),
    startedAt: null,
    finishedAt: null,
    log: "",
  };
  pipelines.push(pipeline);
  gitlab.file.changed();
  return pipeline;
}

/** A job from pick-up to its end. A refused token fails it before it starts, with an empty log. */
async function run(gitlab: Gitlab, { project, person }: PipelineRequest, pipeline: Pipeline): Promise<void> {
  const variables = variablesFor(gitlab, project, person, pipeline);
  const minted = await mintIdToken(gitlab, { project, person, pipeline, audience: variables.OIDC_AUDIENCE });
  if (!minted.ok) return finish(gitlab, pipeline, minted.failureReason);
  pipeline.status = "running";
  pipeline.startedAt = gitlab.now().toISOString();
  const log: JobLog = {
    print: (line) => {
      pipeline.log += `${line}\n`;
      gitlab.file.changed();
    },
  };
  printPreparation(log, { sha: shaOf(project, pipeline.ref), ref: pipeline.ref, path: project.path });
  const missing = jobVariables.filter((key) => variables[key] === "");
  for (const key of missing)
    log.print(`ERROR: the CI/CD variable ${key} is not set for this job. Settings > CI/CD > Variables`);
  const succeeded =
    missing.length === 0 &&
    (await runArticleJob({
      variables,
      token: minted.token,
      pipelineId: pipeline.id,
      awsUrl: gitlab.awsUrl(),
      now: gitlab.now,
      log,
    }));
  log.print("Cleaning up project directory and file based variables");
  log.print(succeeded ? "Job succeeded" : "ERROR: Job failed: exit code 1");
  finish(gitlab, pipeline, succeeded ? null : "script_failure");
}

/** The project's variables as the job sees them: protected ones only for a guarded pipeline. */
function variablesFor(gitlab: Gitlab, project: Project, person: Person, pipeline: Pipeline): JobVariables {
  const guarded = isGuarded(gitlab, project, person, pipeline);
  const visible = gitlab.variablesOf(project).filter((one) => guarded || !one.protected);
  const value = (key: string): string => visible.find((one) => one.key === key)?.value ?? "";
  return {
    AWS_REGION: value("AWS_REGION"),
    AWS_ROLE_ARN: value("AWS_ROLE_ARN"),
    OIDC_AUDIENCE: value("OIDC_AUDIENCE"),
    S3_BUCKET_NAME: value("S3_BUCKET_NAME"),
  };
}

/**
 * A protected ref; of a merge request, source and target protected in the one project, by somebody who may push to
 * the target (docs.gitlab.com/ci/pipelines/merge_request_pipelines).
 */
function isGuarded(gitlab: Gitlab, project: Project, person: Person, { ref, tag, mergeRequest }: Pipeline): boolean {
  if (!isProtected(project, ref, tag)) return false;
  if (!mergeRequest) return true;
  return (
    mergeRequest.sourceProjectId === project.id &&
    isProtected(project, mergeRequest.targetBranch, false) &&
    mayPush(gitlab, project, person, mergeRequest.targetBranch, false)
  );
}

function finish(gitlab: Gitlab, pipeline: Pipeline, failureReason: string | null): void {
  pipeline.status = failureReason === null ? "success" : "failed";
  pipeline.failureReason = failureReason;
  pipeline.finishedAt = gitlab.now().toISOString();
  gitlab.file.changed();
}
