"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { RecordSection } from "@/components/layout/record-section";
import { FindingsList } from "@/components/trust/findings-list";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { RoleView } from "@/lib/role/contract";
import type { AccessDocument } from "./held-now";
import { findingsNow, findingsWithoutProject, heldNow } from "./held-now";
import type { RoleVersion } from "./role-version";

interface RoleFindingsProps {
  role: RoleView;
  version: RoleVersion;
}

/** What was to be said about the recorded version. */
export function RecordedFindings({ role, version }: RoleFindingsProps) {
  return (
    <RecordSection
      title="Findings"
      note={heldNow(role, version.document).of === "record" ? null : `of version ${version.version}`}
    >
      <FindingsList findings={version.findings} />
    </RecordSection>
  );
}

/** What is to be said about the role that AWS holds, where that is another than was recorded. */
export function FindingsInAws({ role, version }: RoleFindingsProps) {
  const held = heldNow(role, version.document);
  if (held.of !== "aws") return null;
  return (
    <div className="mb-5">
      <RecordSection title="Findings in AWS now">
        <FindingsOf role={role} document={held.document} recorded={version.document} />
      </RecordSection>
    </div>
  );
}

/** What is to be said about a document of the role; `recorded` is its last version's. */
export function FindingsOf({
  role,
  document,
  recorded,
}: {
  role: RoleView;
  document: AccessDocument;
  recorded: AccessDocument;
}) {
  const project = useQuery(api.projects.get.queryOptions({ input: { projectId: role.projectId } }));
  const refs = useQuery(api.projects.refs.queryOptions({ input: { projectId: role.projectId } }));
  const found = useMemo(
    () =>
      project.data
        ? findingsNow(role, document, project.data, refs.data?.refs ?? null)
        : findingsWithoutProject(role, document, recorded),
    [role, document, recorded, project.data, refs.data],
  );
  if (project.isPending || (project.data && refs.isPending))
    return <SkeletonRows rows={1} label="Judging what AWS holds" />;
  return found ? (
    <FindingsList findings={found} />
  ) : (
    <p className="text-ink-2">They cannot be told: the recorded trust names no GitLab.</p>
  );
}
