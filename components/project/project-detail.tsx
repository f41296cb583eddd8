"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { PageTitle } from "@/components/layout/page-title";
import { QueryError } from "@/components/layout/query-error";
import { RecordLoading } from "@/components/layout/record-section";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { RelativeTime } from "@/components/ui/relative-time";
import { api, refusalOf } from "@/lib/api/client";
import { accessLevelName } from "@/lib/identity/model";
import { paths } from "@/lib/paths";
import type { ProjectView } from "@/lib/project/model";
import { ProjectRefs } from "./project-refs";
import { ProjectRoles } from "./project-roles";
import { ProjectSubject } from "./project-subject";
import { ProjectWidening } from "./project-widening";

/** A project, live from GitLab: what its pipelines say of themselves, its branches and tags, and the roles that trust it. */
export function ProjectDetail({ projectId }: { projectId: number }) {
  const project = useQuery(api.projects.get.queryOptions({ input: { projectId } }));
  if (project.data) return <Project project={project.data} />;
  if (project.isPending) return <RecordLoading title="Project" />;
  return (
    <>
      <PageHeader crumbs={[{ label: "Projects", href: paths.projects() }]} title="Project" />
      <QueryError what="The project" error={project.error} onRetry={() => void project.refetch()} />
    </>
  );
}

function Project({ project }: { project: ProjectView }) {
  return (
    <>
      <PageTitle name={project.path} />
      <PageHeader
        crumbs={[{ label: "Projects", href: paths.projects() }, { label: project.namespacePath }]}
        title={project.path}
        marks={standstillMark(project)}
        facts={<ProjectFacts project={project} />}
        actions={<NewRole projectId={project.projectId} />}
      />
      {project.movedFrom ? (
        <p className="mb-4 rounded-lg bg-caution-soft px-3 py-2">
          The project moved here from <code className="font-mono">{project.movedFrom}</code>. A trust that names the old
          path no longer lets its pipelines in.
        </p>
      ) : null}
      <ProjectSubject project={project} />
      <ProjectWidening widening={project.widening} />
      <ProjectRoles projectId={project.projectId} />
      <ProjectRefs projectId={project.projectId} emptyRepository={project.emptyRepository} />
    </>
  );
}

function standstillMark({ archived, standstill }: ProjectView) {
  return standstill === null ? null : (
    <Badge>
      <span title={standstill}>{archived ? "archived" : "marked for deletion"}</span>
    </Badge>
  );
}

function ProjectFacts({ project }: { project: ProjectView }) {
  return (
    <>
      <span>
        id <code className="font-mono">{project.projectId}</code>
      </span>
      <span>{project.visibility}</span>
      <span>
        {project.defaultBranch ? (
          <>
            default branch <code className="font-mono">{project.defaultBranch}</code>
          </>
        ) : (
          "no default branch"
        )}
      </span>
      <span>my role: {accessLevelName(project.accessLevel)}</span>
      <a href={project.webUrl} className="text-accent hover:underline">
        Open in GitLab
      </a>
      <span className="text-ink-3">
        read <RelativeTime at={project.asOf} />
      </span>
    </>
  );
}

/** The link to the form, or a button that says why the person can't. */
function NewRole({ projectId }: { projectId: number }) {
  const decision = useQuery(api.requests.maySubmit.queryOptions({ input: { projectId } }));
  if (decision.data?.ok) {
    return (
      <Link href={paths.newRole(projectId)} className={buttonLook("primary")}>
        New role
      </Link>
    );
  }
  const reason = decision.isError
    ? refusalOf(decision.error).message
    : decision.isPending
      ? "Asking GitLab what you may do here."
      : decision.data.reason;
  return (
    <Button variant="primary" reason={reason ?? "You may not make a role for this project."}>
      New role
    </Button>
  );
}
