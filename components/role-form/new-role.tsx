"use client";

import { useQuery } from "@tanstack/react-query";
import { PageHeader } from "@/components/layout/page-header";
import { QueryError } from "@/components/layout/query-error";
import { RecordLoading } from "@/components/layout/record-section";
import { api } from "@/lib/api/client";
import { paths } from "@/lib/paths";
import { firstDraft } from "@/lib/role-form/draft-choices";
import type { RoleDraft } from "@/lib/role-form/schema";
import { RoleForm } from "./role-form";

/** The page of a new role; with `requestId` it begins with what that request asked for, and takes its place. */
export function NewRole({
  projectId,
  requestId,
  username,
}: {
  projectId: number;
  requestId?: string | undefined;
  username: string;
}) {
  if (requestId === undefined) return <NewRoleForm projectId={projectId} username={username} />;
  return <Resubmit projectId={projectId} requestId={requestId} username={username} />;
}

function Resubmit({ projectId, requestId, username }: { projectId: number; requestId: string; username: string }) {
  const request = useQuery(api.requests.get.queryOptions({ input: { id: requestId }, refetchOnWindowFocus: false }));
  if (request.data)
    return <NewRoleForm projectId={projectId} requestId={requestId} draft={request.data.draft} username={username} />;
  if (request.isPending) return <RecordLoading title="New role" />;
  return <QueryError what="The request" error={request.error} onRetry={() => void request.refetch()} />;
}

function NewRoleForm({
  projectId,
  requestId,
  draft,
  username,
}: {
  projectId: number;
  requestId?: string;
  draft?: RoleDraft;
  username: string;
}) {
  const title = draft ? "Change and resubmit" : "New role";
  return (
    <RoleForm
      subject={{ projectId, requestId }}
      username={username}
      edited={null}
      begin={(project, refs) => draft ?? firstDraft(project, refs)}
      header={(project) => (
        <PageHeader
          crumbs={[
            { label: "Projects", href: paths.projects() },
            { label: project?.path ?? "…", href: paths.project(projectId) },
            { label: title },
          ]}
          title={title}
        />
      )}
    />
  );
}
