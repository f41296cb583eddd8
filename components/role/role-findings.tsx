"use client";

import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import { RecordSection } from "@/components/layout/record-section";
import { FindingsList } from "@/components/trust/findings-list";
import { api } from "@/lib/api/client";
import type { RoleView } from "@/lib/role/contract";
import { findingsNow, heldNow } from "./held-now";
import type { AccessDocument } from "./held-now";
import type { RoleVersion } from "./role-version";

/** What is to be said about the role: of the recorded version, and of what AWS holds where that is another. */
export function RoleFindings({ role, version }: { role: RoleView; version: RoleVersion }) {
  const held = heldNow(role, version.document);
  return (
    <>
      {held.of === "aws" ? <FindingsInAws role={role} document={held.document} /> : null}
      <RecordSection title="Findings" note={held.of === "record" ? null : `of version ${version.version}`}>
        <FindingsList findings={version.findings} />
      </RecordSection>
    </>
  );
}

function FindingsInAws({ role, document }: { role: RoleView; document: AccessDocument }) {
  const project = useQuery(api.projects.get.queryOptions({ input: { projectId: role.projectId } }));
  const refs = useQuery(api.projects.refs.queryOptions({ input: { projectId: role.projectId } }));
  const found = useMemo(() => (project.data ? findingsNow(role, document, project.data, refs.data?.refs ?? []) : null), [role, document, project.data, refs.data]);
  if (!found) return null;
  return (
    <RecordSection title="Findings in AWS now">
      <FindingsList findings={found} />
    </RecordSection>
  );
}
