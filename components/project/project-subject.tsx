import { TriangleAlert } from "lucide-react";
import { RecordFact, RecordFacts, RecordSection } from "@/components/layout/record-section";
import { parseComponents } from "@/lib/gitlab-ci/components";
import { subjectFor } from "@/lib/gitlab-ci/subject";
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
            <code className="font-mono">{project.components.join(", ")}</code>
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
