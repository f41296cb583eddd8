import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { later, useLater } from "@/components/ui/later";
import { api, refusalOf } from "@/lib/api/client";
import type { judgeHeld } from "@/lib/judgement/held";
import type { LiveJudgement } from "@/lib/judgement/judgement";
import type { RoleView } from "@/lib/role/contract";
import type { RoleVersion } from "./role-version";

/** The judge is larger than the page: it comes once the page is up. */
const judging = later(async () => (await import("@/lib/judgement/held")).judgeHeld);

interface RoleJudgement {
  judgement: LiveJudgement;
  /** GitLab has not answered yet, or the judge is not here yet. */
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
  const { part: judge, failed } = useLater(judging);
  const error = project.error ?? refs.error;
  const isPending = !error && (project.isPending || refs.isPending);
  const judgement = useMemo(() => {
    if (failed) return unjudged("the part of Trustdesk that tells it could not be loaded. Reload the page.");
    if (!judge || isPending) return unjudged("it is being judged.");
    const live = project.data
      ? {
          view: project.data,
          refs: refs.data?.refs ?? null,
          refsComplete: !refs.data?.truncated,
          rules: refs.data?.rules,
        }
      : null;
    const hidden = error ? { hidden: refusalOf(error).message } : {};
    return once(judge, [role, version, project.data, refs.data, error], { live, ...hidden });
  }, [judge, failed, isPending, role, version, project.data, refs.data, error]);
  return {
    judgement,
    isPending: !failed && (isPending || !judge),
    projectPath: project.data?.path ?? null,
    asOf: refs.data?.asOf ?? null,
  };
}

function unjudged(because: string): LiveJudgement {
  return { findings: [], grade: "caution", after: { kind: "untold", because }, before: null, out: [], others: [] };
}

let last: { of: readonly unknown[]; judgement: LiveJudgement } | null = null;

/** Several parts of the page ask the same: it is judged once. */
function once(
  judge: typeof judgeHeld,
  of: readonly [RoleView, RoleVersion, ...unknown[]],
  shown: Parameters<typeof judgeHeld>[2],
): LiveJudgement {
  if (last?.of.every((one, at) => one === of[at])) return last.judgement;
  const [role, version] = of;
  const judgement = judge(role, version.document, shown);
  last = { of, judgement };
  return judgement;
}
