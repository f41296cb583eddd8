"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { WhoGetsIn, WhoGetsInUntold } from "@/components/trust/who-gets-in";
import { WhoGetsInChange } from "@/components/trust/who-gets-in-change";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, refusalOf } from "@/lib/api/client";
import type { RefVerdict } from "@/lib/iam/admitted";
import { samePolicy } from "@/lib/iam/policy-schema";
import type { RoleView } from "@/lib/role/contract";
import { admittedNow, closedBecause, heldNow } from "./held-now";
import type { RoleVersion } from "./role-version";

interface RoleWhoGetsInProps {
  role: RoleView;
  version: RoleVersion;
}

/** Which of the project's refs get in now, by what AWS holds; where GitLab does not show them, which did when the version was applied. */
export function RoleWhoGetsIn({ role, version }: RoleWhoGetsInProps) {
  const project = useQuery(api.projects.get.queryOptions({ input: { projectId: role.projectId } }));
  const refs = useQuery(api.projects.refs.queryOptions({ input: { projectId: role.projectId } }));
  const held = useMemo(() => heldNow(role, version.document), [role, version]);
  const recorded = useMemo(
    () => (project.data && refs.data ? admittedNow(role, version.document, project.data, refs.data.refs) : null),
    [role, version, project.data, refs.data],
  );
  const verdicts = useMemo(
    () =>
      held.of === "aws" && project.data && refs.data
        ? admittedNow(role, held.document, project.data, refs.data.refs)
        : recorded,
    [held, recorded, role, project.data, refs.data],
  );
  const closed = closedBecause(role);
  const error = project.error ?? refs.error;
  if (!error && (project.isPending || refs.isPending)) return <SkeletonRows rows={6} label="Loading who gets in" />;
  const asOf = refs.data ? (
    <>
      The branches and tags of {role.projectPath} as GitLab showed them <RelativeTime at={refs.data.asOf} />.
    </>
  ) : null;
  if (closed) {
    return (
      <>
        <Note>
          Nobody gets in: {closed}. Version {version.version} let these in. {recorded ? asOf : null}
        </Note>
        <LetIn verdicts={recorded?.in ?? version.admitted} />
      </>
    );
  }
  if (!verdicts || !recorded) {
    return (
      <>
        <Note>
          As recorded with version {version.version} <RelativeTime at={version.createdAt} />, since who gets in now
          can't be told here:{" "}
          {error ? refusalOf(error).message : (project.data?.componentsReason ?? "the project's subject is not known.")}
        </Note>
        {version.admitted ? <WhoGetsIn verdicts={{ in: version.admitted, out: [] }} /> : <WhoGetsInUntold />}
      </>
    );
  }
  const other = held.of === "aws" && !samePolicy(held.document.trustPolicy, version.document.trustPolicy);
  return (
    <>
      <Note>
        {project.data && project.data.path !== role.projectPath ? (
          <>
            The project has moved to <code className="font-mono">{project.data.path}</code>; the role was made for{" "}
            {role.projectPath}, and a subject that names that path lets nobody in any more.{" "}
          </>
        ) : null}
        {other ? "By the trust policy that AWS holds now, against the recorded one. " : null}
        {asOf}
      </Note>
      {other ? <WhoGetsInChange before={recorded.in} after={verdicts.in} /> : <WhoGetsIn verdicts={verdicts} />}
    </>
  );
}

function LetIn({ verdicts }: { verdicts: readonly RefVerdict[] | null }) {
  return verdicts ? <WhoGetsInChange before={verdicts} after={[]} /> : <WhoGetsInUntold />;
}

function Note({ children }: { children: ReactNode }) {
  return <p className="mb-3 max-w-[100ch] text-ink-2">{children}</p>;
}
