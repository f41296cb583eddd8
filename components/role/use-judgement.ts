import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, refusalOf } from "@/lib/api/client";
import { judgeHeld } from "@/lib/judgement/held";
import type { LiveJudgement } from "@/lib/judgement/judgement";
import type { RoleView } from "@/lib/role/contract";
import type { RoleVersion } from "./role-version";

interface RoleJudgement {
  judgement: LiveJudgement;
  /** GitLab has not answered yet. */
  isPending: boolean;
  /** Where the project is now, as far as GitLab shows it. */
  projectPath: string | null;
  /** When GitLab showed the refs (ISO time), or null. */
  asOf: string | null;
}

/** What is to be said of a role as it is now, by what AWS holds and GitLab shows. */
export function useRoleJudgement(role: RoleView, version: RoleVersion): RoleJudgement {
  const project = useQuery(api.projects.get.queryOptions({ input: { projectId: role.projectId } }));
  const refs = useQuery(api.projects.refs.queryOptions({ input: { projectId: role.projectId } }));
  const error = project.error ?? refs.error;
  const judgement = useMemo(() => {
    const live = project.data
      ? { view: project.data, refs: refs.data?.refs ?? null, refsComplete: !refs.data?.truncated }
      : null;
    const hidden = error ? { hidden: refusalOf(error).message } : {};
    return judgeHeld(role, version.document, { live, ...hidden });
  }, [role, version, project.data, refs.data, error]);
  return {
    judgement,
    isPending: !error && (project.isPending || refs.isPending),
    projectPath: project.data?.path ?? null,
    asOf: refs.data?.asOf ?? null,
  };
}
