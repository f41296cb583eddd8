import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { RecordFact, RecordFacts, RecordSection } from "@/components/layout/record-section";
import { subjectComponents } from "@/lib/gitlab-ci/claims";
import { parseComponents } from "@/lib/gitlab-ci/components";
import { subjectFor } from "@/lib/gitlab-ci/subject";
import { paths } from "@/lib/paths";
import type { ProjectView } from "@/lib/project/model";

/** What the project's pipelines say of themselves: issuer, subject components, and the subject of a job on the default branch. */
export function ProjectSubject({ project }: { project: ProjectView }) {
  const example = exampleSubject(project);
  return (
    <RecordSection title="What its pipelines say">
      <RecordFacts>
        <RecordFact name="Issuer">
          <code className="font-mono">{project.issuer}</code>
        </RecordFact>
        <RecordFact name="Subject components">
          {project.components ? (
            <ul className="flex flex-wrap gap-x-3">
              {project.components.map((name) => (
                <li key={name}>
                  <Component name={name} />
                </li>
              ))}
            </ul>
          ) : (
            <span className="text-ink-2">{project.componentsReason ?? "GitLab does not show them."}</span>
          )}
        </RecordFact>
        {example ? (
          <RecordFact name="Example subject" copy={example}>
            <code className="font-mono">{example}</code>
          </RecordFact>
        ) : null}
        <RecordFact name="Namespace">
          {project.namespacePath} <code className="font-mono text-ink-2">{project.namespaceId}</code>
        </RecordFact>
      </RecordFacts>
      {project.componentWarnings.length > 0 ? (
        <ul aria-label="Warnings" className="mt-2 grid gap-1">
          {project.componentWarnings.map((warning) => (
            <li key={warning} className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2">
              <TriangleAlert aria-label="Caution" className="mt-0.5 text-caution" />
              {warning}
            </li>
          ))}
        </ul>
      ) : null}
    </RecordSection>
  );
}

/** A component with what is known of the claim that it is. */
function Component({ name }: { name: string }) {
  if (!subjectComponents.some((one) => one === name)) return <code className="font-mono">{name}</code>;
  return (
    <Link href={paths.docsClaim(name)} className="rounded-sm text-accent hover:underline">
      <code className="font-mono">{name}</code>
    </Link>
  );
}

/** The subject of a job on the default branch, without an environment; null when it can't be known. */
function exampleSubject({ components, path, projectId, defaultBranch }: ProjectView): string | null {
  const parsed = parseComponents(components);
  if (!parsed.ok || !defaultBranch) return null;
  // GitLab protects the default branch unless somebody took that off.
  return subjectFor(parsed.components, {
    project_path: path,
    project_id: String(projectId),
    ref_type: "branch",
    ref: defaultBranch,
    ref_protected: "true",
  });
}
