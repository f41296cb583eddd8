"use client";

import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import { WhoGetsIn } from "@/components/trust/who-gets-in";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, refusalOf } from "@/lib/api/client";
import type { ProjectView } from "@/lib/catalog/model";
import { parseComponents } from "@/lib/gitlab-ci/components";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { admittedRefs, type RefVerdict } from "@/lib/iam/admitted";
import { parseArn, providerArn } from "@/lib/iam/arn";
import type { RoleView } from "@/lib/role/contract";
import type { RoleVersion } from "./role-version";

/** Which of the project's refs get in now; where GitLab does not show them, which did when the version was applied. */
export function RoleWhoGetsIn({ role, version }: { role: RoleView; version: RoleVersion }) {
  const project = useQuery(api.projects.get.queryOptions({ input: { projectId: role.projectId } }));
  const refs = useQuery(api.projects.refs.queryOptions({ input: { projectId: role.projectId } }));
  const verdicts = useMemo(() => (project.data && refs.data ? verdictsNow(role, version, project.data, refs.data.refs) : null), [role, version, project.data, refs.data]);
  const error = project.error ?? refs.error;
  if (!error && (project.isPending || refs.isPending)) return <SkeletonRows rows={6} label="Loading who gets in" />;
  if (verdicts && refs.data) {
    return (
      <>
        <p className="mb-3 text-ink-2">
          The branches and tags of {role.projectPath} as GitLab showed them <RelativeTime at={refs.data.asOf} />.
        </p>
        <WhoGetsIn verdicts={verdicts} />
      </>
    );
  }
  return (
    <>
      <p className="mb-3 text-ink-2">
        As recorded with version {version.version} <RelativeTime at={version.createdAt} />, since who gets in now can't be told here: {error ? refusalOf(error).message : (project.data?.componentsReason ?? "the project's subject is not known.")}
      </p>
      <WhoGetsIn verdicts={{ in: version.admitted, out: [] }} />
    </>
  );
}

function verdictsNow(role: RoleView, { document }: RoleVersion, project: ProjectView, refs: readonly GitRef[]): { in: RefVerdict[]; out: RefVerdict[] } | null {
  const parsed = parseComponents(project.components);
  const arn = parseArn(role.arn);
  if (!parsed.ok || !arn) return null;
  return admittedRefs(document.trustPolicy, refs, {
    issuer: project.issuer,
    providerArn: providerArn({ partition: arn.partition, accountId: arn.accountId, issuer: project.issuer }),
    audience: role.audience,
    components: parsed.components,
    projectId: String(project.projectId),
    projectPath: project.path,
    namespaceId: String(project.namespaceId),
    namespacePath: project.namespacePath,
  });
}
