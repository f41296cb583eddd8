"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { PageTitle } from "@/components/layout/page-title";
import { QueryError } from "@/components/layout/query-error";
import { RecordLoading } from "@/components/layout/record-section";
import { buttonLook } from "@/components/ui/button-look";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { useTabInAddress } from "@/components/ui/tab-in-address";
import { Tabs } from "@/components/ui/tabs";
import { api } from "@/lib/api/client";
import { heldNow } from "@/lib/judgement/held-now";
import { paths } from "@/lib/paths";
import { goalWords } from "@/lib/plan/goal-words";
import { stateName } from "@/lib/request/model";
import type { RoleView } from "@/lib/role/contract";
import { LiveBadge } from "./live-badge";
import { RoleActions } from "./role-actions";
import { FindingsInAws, RoleFindings } from "./role-findings";
import { RoleGrade } from "./role-grade";
import { RoleGradeNow } from "./role-grade-now";
import { RoleLive } from "./role-live";
import { RoleCiJob, RoleHistory, RolePermissions, RoleTrust } from "./role-parts-later";
import { RoleTags } from "./role-tags";
import { currentVersion, type RoleVersion } from "./role-version";
import { RoleWhoGetsIn } from "./role-who-gets-in";

const tabIds = ["who", "trust", "permissions", "ci", "history", "tags"] as const;

/** A role that Trustdesk made: who gets in, what it may do, the job that uses it, and how it came about. */
export function RoleDetail({ id }: { id: string }) {
  const role = useQuery(api.roles.get.queryOptions({ input: { id } }));
  if (role.data) return <Role role={role.data} />;
  if (role.isPending) return <RecordLoading title="Role" />;
  return (
    <>
      <PageHeader crumbs={[{ label: "Roles", href: paths.roles() }]} title="Role" />
      <QueryError what="The role" error={role.error} onRetry={() => void role.refetch()} />
    </>
  );
}

function Role({ role }: { role: RoleView }) {
  const version = currentVersion(role);
  return (
    <>
      <PageTitle name={role.name} />
      <PageHeader
        crumbs={[{ label: "Roles", href: paths.roles() }]}
        title={<code className="font-mono">{role.name}</code>}
        marks={
          <>
            {role.removedAt ? null : <LiveBadge state={role.liveState} />}
            {version ? <RoleGradeNow role={role} version={version} /> : <RoleGrade role={role} />}
          </>
        }
        facts={<RoleFacts role={role} />}
        actions={
          <>
            <Link
              href={paths.audit({ role: role.name, account: role.account.accountId })}
              className={buttonLook("plain")}
            >
              Show in the audit
            </Link>
            <RoleActions role={role} version={version} />
          </>
        }
      />
      <p className="mb-4 flex items-center gap-1">
        <code className="font-mono [overflow-wrap:anywhere]">{role.arn}</code>
        <CopyButton text={role.arn} label="Copy ARN" />
      </p>
      {role.removedAt ? (
        <p className="mb-4 rounded-lg border border-line bg-sunk px-3 py-2.5">
          Removed <RelativeTime at={role.removedAt} />. It is kept for the record: nobody can assume it.
        </p>
      ) : (
        <RoleLive role={role} />
      )}
      {version ? <FindingsInAws role={role} version={version} /> : null}
      {role.underWay ? (
        <p className="mb-4">
          <Link href={paths.request(role.underWay.id)} className="text-accent hover:underline">
            A request to {goalWords[role.underWay.kind]}
          </Link>{" "}
          is {stateName[role.underWay.state]}.
        </p>
      ) : null}
      {version ? <RoleTabs role={role} version={version} /> : <Versionless role={role} />}
      {version ? <RoleFindings role={role} version={version} /> : null}
    </>
  );
}

/** Whose word the documents below are, where that is not both AWS's and ours. */
function AsHeld({ of, version }: { of: "record" | "aws" | "nothing"; version: number }) {
  if (of === "record") return null;
  return (
    <p className="mb-3 text-ink-2">
      {of === "aws"
        ? "As AWS holds it now; what was recorded is in the history."
        : `As version ${version} had it. AWS holds the role no more.`}
    </p>
  );
}

function RoleFacts({ role }: { role: RoleView }) {
  return (
    <>
      <span>
        {role.account.name} <code className="font-mono">{role.account.accountId}</code>
      </span>
      <span>
        trusts{" "}
        <Link href={paths.project(role.projectId)} className="text-accent hover:underline">
          {role.projectPath}
        </Link>
      </span>
      <span>made by {role.owner.name}</span>
      <span>
        version {role.version}, <RelativeTime at={role.updatedAt} />
      </span>
      <span>
        {role.lastUsedAt ? (
          <>
            last used <RelativeTime at={role.lastUsedAt} />
          </>
        ) : (
          "no use known"
        )}
      </span>
      {role.uniqueId ? <code className="font-mono text-ink-3">{role.uniqueId}</code> : null}
    </>
  );
}

/** Why nothing is shown of what was recorded last. */
function Versionless({ role: { version, unreadable } }: { role: RoleView }) {
  return (
    <p className="text-ink-2">
      {unreadable.includes(version)
        ? `Version ${version} cannot be shown: another version of Trustdesk recorded it in a form that this one does not read.`
        : "No version of this role is recorded."}
    </p>
  );
}

function RoleTabs({ role, version }: { role: RoleView; version: RoleVersion }) {
  const [tab, setTab] = useTabInAddress(tabIds, "who");
  const held = heldNow(role, version.document);
  const document = held.of === "nothing" ? version.document : held.document;
  const asHeld = <AsHeld of={held.of} version={version.version} />;
  const tabs = [
    { id: "who", label: "Who gets in", content: <RoleWhoGetsIn role={role} version={version} /> },
    {
      id: "trust",
      label: "Trust policy",
      content: (
        <>
          {asHeld}
          <RoleTrust policy={document.trustPolicy} />
        </>
      ),
    },
    {
      id: "permissions",
      label: "Permissions",
      content: (
        <>
          {asHeld}
          <RolePermissions document={document} />
        </>
      ),
    },
    { id: "ci", label: "CI job", content: <RoleCiJob role={role} /> },
    {
      id: "history",
      label: "History",
      count: role.versions.length + role.unreadable.length,
      content: <RoleHistory versions={role.versions} unreadable={role.unreadable} />,
    },
    {
      id: "tags",
      label: "Tags",
      count: Object.keys(version.document.tags).length,
      content: <RoleTags tags={version.document.tags} />,
    },
  ] as const;
  return (
    <Tabs
      label="Parts of the role"
      tabs={tabs.map((part) => ({ ...part, content: <div className="py-4">{part.content}</div> }))}
      value={tab}
      onValueChange={setTab}
    />
  );
}
