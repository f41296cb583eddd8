import { html } from "hono/html";
import type { Project } from "../company/company";
import type { Person } from "../company/people";
import type { Html } from "../gitlab/page";
import { page } from "../gitlab/page";
import type { Pipeline } from "../gitlab/state";
import { jobVariables } from "./article-job";

const words: Record<Pipeline["status"], string> = {
  created: "Created",
  running: "Running",
  success: "Passed",
  failed: "Failed",
};

/** What the pages of a project show. */
export interface ProjectView {
  project: Project;
  person: Person;
  /** Values by key; null when the person may not see them. */
  variables: Record<string, string> | null;
  pipelines: readonly Pipeline[];
  /** Why the last request was refused. */
  problem: string | null;
}

/** Choose who you are: the sandbox's stand-in for a login. */
export function continueAsPage(people: readonly Person[], returnTo: string): Html {
  return page(
    "Continue as",
    html`<h1>Continue as</h1>
      <p class="quiet">In the sandbox nobody has a password.</p>
      <form method="post" action="/-/sandbox/continue-as">
        <input type="hidden" name="return_to" value="${returnTo}" />
        ${people.map((one) => html`<button class="person" name="username" value="${one.username}"><span>${one.name} <code>@${one.username}</code></span><span class="quiet">${one.role}</span></button>`)}
      </form>`,
    { narrow: true },
  );
}

/** Pipelines of a project: run one, see them, set the variables that the job reads. */
export function pipelinesPage(view: ProjectView): Html {
  const { project, problem } = view;
  const refs = (names: readonly string[]): Html[] =>
    names.map((name) => html`<option value="${name}">${name}</option>`);
  return page(
    `Pipelines · ${project.path}`,
    html`<h1>Pipelines</h1>
      <p class="quiet"><code>${project.path}</code></p>
      ${problem ? html`<p class="failed" role="alert">${problem}</p>` : ""}
      <form class="row" method="post" action="/${project.path}/-/pipelines">
        <label for="ref">Run for branch name or tag</label>
        <select id="ref" name="ref">
          <optgroup label="Branches">${refs(project.branches)}</optgroup>
          <optgroup label="Tags">${refs(project.tags)}</optgroup>
        </select>
        <button class="main">Run pipeline</button>
      </form>
      ${view.pipelines.length === 0 ? html`<p class="quiet">No pipeline has run yet.</p>` : pipelineTable(view)} ${variablesForm(view)}`,
    { aside: signedIn(view.person, `/${project.path}/-/pipelines`) },
  );
}

/** A job with its log, green or red; looks again by itself while it runs. */
export function jobPage(view: ProjectView, pipeline: Pipeline): Html {
  const { project } = view;
  const runs = pipeline.status === "running" || pipeline.status === "created";
  return page(
    `test-aws · ${project.path}`,
    html`<h1>Job test-aws <span class="${pipeline.status}" data-status="${pipeline.status}">${words[pipeline.status]}</span></h1>
      <p class="quiet">Pipeline <code>#${pipeline.id}</code> for <code>${pipeline.ref}</code> of <a href="/${project.path}/-/pipelines"><code>${project.path}</code></a></p>
      ${pipeline.failureReason ? html`<p>Failure reason: <code>${pipeline.failureReason}</code></p>` : ""}
      <pre aria-label="Job log" tabindex="0">${pipeline.log || (runs ? "Waiting for a runner ..." : "This job does not have a trace.")}</pre>
      ${
        runs
          ? ""
          : html`<form class="row" method="post" action="/${project.path}/-/pipelines">
            <input type="hidden" name="ref" value="${pipeline.ref}" />
            <button>Run again</button>
          </form>`
      }`,
    {
      aside: signedIn(view.person, `/${project.path}/-/jobs/${pipeline.jobId}`),
      ...(runs ? { reloadSeconds: 1 } : {}),
    },
  );
}

/** An address that GitLab does not know, or does not show to this person. */
export function notFoundPage(person: Person | null): Html {
  return page(
    "Not found",
    html`<h1>404: Page not found</h1><p>The address is incorrect, or you don't have permission to see it.</p>`,
    { narrow: true, ...(person ? { aside: signedIn(person, "/") } : {}) },
  );
}

/** The start page: the projects in which the person may do something. */
export function startPage(person: Person, projects: readonly Project[], total: number): Html {
  return page(
    "Projects",
    html`<h1>Projects</h1>
      <p class="quiet">${total > projects.length ? `The first ${projects.length} of ${total}.` : `${total} in all.`}</p>
      <ul>
        ${projects.map((project) => html`<li><a href="/${project.path}/-/pipelines">${project.path}</a></li>`)}
      </ul>`,
    { aside: signedIn(person, "/") },
  );
}

function pipelineTable({ project, pipelines }: ProjectView): Html {
  return html`<table>
    <thead>
      <tr><th>Status</th><th>Pipeline</th><th>Ref</th><th>Created</th></tr>
    </thead>
    <tbody>
      ${pipelines.map(
        (one) => html`<tr>
          <td class="${one.status}">${words[one.status]}</td>
          <td><a href="/${project.path}/-/jobs/${one.jobId}">#${one.id}</a></td>
          <td><code>${one.ref}</code></td>
          <td class="quiet">${one.createdAt.replace("T", " ").slice(0, 19)} UTC</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function variablesForm({ project, variables }: ProjectView): Html {
  if (variables === null)
    return html`<h2>CI/CD variables</h2><p class="quiet">Only Maintainers of the project see and change them.</p>`;
  return html`<h2>CI/CD variables</h2>
    <form method="post" action="/${project.path}/-/variables">
      <table>
        ${jobVariables.map((key) => html`<tr><td><label for="${key}"><code>${key}</code></label></td><td><input id="${key}" name="${key}" value="${variables[key] ?? ""}" size="60" autocomplete="off" /></td></tr>`)}
      </table>
      <p><button>Save variables</button></p>
    </form>`;
}

function signedIn(person: Person, returnTo: string): Html {
  return html`<form method="get" action="/-/sandbox/continue-as"><span>${person.name}</span> <input type="hidden" name="return_to" value="${returnTo}" /><button>Switch person</button></form>`;
}
