import type { Clock } from "@/lib/clock";
import { env } from "@/lib/env";
import { TrustdeskError } from "@/lib/errors";
import type { Signed } from "@/lib/identity/signed";
import type { LintReport } from "@/lib/judgement/lint";
import { lint } from "@/lib/judgement/lint";
import type { LintProject } from "@/lib/judgement/lint-project";
import { componentsShown, mintingProject, refsHidden } from "@/lib/judgement/project";
import { recentProject } from "@/lib/project/open-live-project";
import type { LintTrustInput } from "./schema";
import { readPolicySent, readProjectSent, readTrustSent } from "./sent-document";

interface Asker {
  signed: Signed;
  clock: Clock;
}

/** What is known of the project that a trust is read for. */
interface KnownProject {
  project: LintProject | null;
  refsComplete: boolean;
  notes: string[];
}

/** Says who gets in by a trust and what is wrong with it, as `trustdesk lint` does. Throws `not-found` for a project that the person may not see. */
export async function lintSent(input: LintTrustInput, asker: Asker): Promise<LintReport> {
  const trust = readTrustSent("trust", input.trust);
  const permissions = input.permissions.map((sent, index) => readPolicySent(`permissions.${index}`, sent));
  const { project, refsComplete, notes } = await projectOf(input, asker);
  const report = lint({
    trust: trust.policy,
    permissions: permissions.map(({ policy }) => policy),
    lost: [
      ...trust.lost.map((one) => ({ ...one, document: "trust" as const })),
      ...permissions.flatMap(({ lost }, document) => lost.map((one) => ({ ...one, document }))),
    ],
    project,
    refsComplete,
    at: asker.clock.now(),
  });
  const said = [...trust.notes, ...permissions.flatMap((one) => one.notes), ...notes, ...report.notes];
  return { ...report, notes: [...new Set(said)] };
}

async function projectOf({ project, projectId }: LintTrustInput, asker: Asker): Promise<KnownProject> {
  if (project !== undefined && projectId !== undefined)
    throw new TrustdeskError("bad-input", "Give project or projectId, not both.", { field: "projectId" });
  if (projectId !== undefined) return liveOf(projectId, asker);
  if (project === undefined) return { project: null, refsComplete: true, notes: [] };
  return { ...readProjectSent("project", project), refsComplete: true };
}

/** The project as GitLab showed it to the person within the last minute: to look at, not to decide by. */
async function liveOf(projectId: number, asker: Asker): Promise<KnownProject> {
  const live = await recentProject(projectId, asker);
  if (!live)
    throw new TrustdeskError(
      "not-found",
      "GitLab shows you no such project. It may be gone, or you may not be a member.",
      { field: "projectId" },
    );
  const { view, refs, refsComplete = true } = live;
  const components = componentsShown(view);
  const minting = mintingProject({
    project: { id: projectId, path: view.path },
    live,
    place: { issuer: env.gitlabIssuer },
  });
  return {
    project: { ...minting, account: null, audiences: null },
    refsComplete,
    notes: [...(components.ok ? [] : [components.reason]), ...(refs === null ? [refsHidden] : [])],
  };
}
