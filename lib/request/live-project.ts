import type { Clock } from "@/lib/clock";
import type { Signed } from "@/lib/identity/signed";
import { openProject } from "@/lib/project/open-project";
import { readRefs } from "@/lib/project/read-refs";
import type { LiveProject } from "./plan-goal";

/** The project with its branches and tags, asked of GitLab now with the person's own token. Throws as `openProject`. */
export async function liveProject(
  projectId: number,
  { signed, clock }: { signed: Signed; clock: Clock },
): Promise<LiveProject> {
  const [view, { refs }] = await Promise.all([
    openProject(signed, projectId, clock),
    readRefs(signed, projectId, clock),
  ]);
  return { view, refs };
}
