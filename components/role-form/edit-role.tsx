"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { PageTitle } from "@/components/layout/page-title";
import { QueryError } from "@/components/layout/query-error";
import { RecordLoading } from "@/components/layout/record-section";
import { currentVersion } from "@/components/role/role-version";
import { buttonLook } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { api } from "@/lib/api/client";
import type { Decision } from "@/lib/errors";
import { paths } from "@/lib/paths";
import type { RoleView } from "@/lib/role/contract";
import { changeOf } from "@/lib/role-form/draft-choices";
import type { RoleDraft } from "@/lib/role-form/schema";
import { RoleForm } from "./role-form";

/** The page that changes a role: the form of the version that was recorded last, or what `requestId` asked for. */
export function EditRole({
  roleId,
  requestId,
  username,
}: {
  roleId: string;
  requestId?: string | undefined;
  username: string;
}) {
  const role = useQuery(
    api.roles.get.queryOptions({ input: { id: roleId }, refetchOnWindowFocus: false, refetchOnMount: "always" }),
  );
  const request = useQuery(
    api.requests.get.queryOptions({
      input: { id: requestId ?? "" },
      enabled: requestId !== undefined,
      refetchOnWindowFocus: false,
    }),
  );
  const failed = [role, request].find(({ error }) => error);
  if (failed) return <QueryError what="The role" error={failed.error} onRetry={() => void failed.refetch()} />;
  // A version that another page read a moment ago may be an old one by now.
  if (!role.data || !role.isFetchedAfterMount || (requestId !== undefined && !request.data))
    return <RecordLoading title="Change the role" />;
  const asked = request.data;
  return (
    <EditRoleForm
      role={role.data}
      asked={asked?.kind === "create" || asked?.kind === "edit" ? asked.draft : null}
      requestId={requestId}
      username={username}
    />
  );
}

function EditRoleForm({
  role: now,
  asked,
  requestId,
  username,
}: {
  role: RoleView;
  /** What the request that is sent again asked for. */
  asked: RoleDraft | null;
  requestId: string | undefined;
  username: string;
}) {
  // As it was when the page opened: whatever happens to the role meanwhile, what is typed stays, and sending it says so.
  const [role] = useState(now);
  const current = currentVersion(role);
  // A request that this one replaces is no obstacle.
  const may: Decision = requestId !== undefined && role.underWay?.id === requestId ? { ok: true } : role.can.edit;
  const header = () => (
    <>
      <PageTitle name={`Change ${role.name}`} />
      <PageHeader
        crumbs={[
          { label: "Roles", href: paths.roles() },
          { label: role.name, href: paths.role(role.id) },
          { label: "Change" },
        ]}
        title={`Change ${role.name}`}
      />
    </>
  );
  if (!current || !may.ok) {
    return (
      <>
        {header()}
        <EmptyState
          title="This role cannot be changed now"
          action={
            <Link href={paths.role(role.id)} className={buttonLook("plain", "small")}>
              Open the role
            </Link>
          }
        >
          {may.ok ? "No version of it is recorded." : may.reason}
        </EmptyState>
      </>
    );
  }
  const { document } = current;
  return (
    <RoleForm
      subject={{ projectId: role.projectId, roleId: role.id, requestId, baseVersion: role.version }}
      username={username}
      edited={{ roleId: role.id, uniqueId: role.uniqueId, version: role.version, document }}
      begin={(project, _refs, accounts) =>
        asked
          ? { ...asked, roleName: document.name, rolePath: document.path }
          : changeOf(document, role, { project, account: accounts.find(({ id }) => id === role.account.id) ?? null })
      }
      header={header}
    />
  );
}
