import type { Clock } from "@/lib/clock";
import type { Decision } from "@/lib/errors";
import { knownError, TrustdeskError } from "@/lib/errors";
import type { GitlabClient } from "@/lib/gitlab/client";
import type { Finding } from "@/lib/iam/findings/finding";
import type { PortalRole } from "@/lib/identity/model";
import { askRole } from "@/lib/identity/portal-role";
import { accessLevelIn } from "@/lib/identity/rights";
import type { Claim, GroundFacts } from "./grounds";
import { standsOn } from "./grounds";

interface Somebody {
  gitlabUserId: number;
  name: string;
}

/** A request, with whom it names. */
export interface Standing extends Claim {
  projectId: number;
  requester: Somebody;
  /** Who approved this very plan; null while nobody has decided yet. */
  approvers: readonly Somebody[] | null;
}

interface Asked {
  /** The bot, or whoever decides where there is none. */
  gitlab: GitlabClient;
  clock: Clock;
  /** What the trust means by GitLab as it is now and nobody has decided on; asked last. */
  worse?: () => Promise<readonly Finding[]>;
}

/**
 * Whether what a request stands on still holds, asked of GitLab now. Where GitLab refuses to answer that is a no, with
 * that reason; where it is out of reach, or asks to slow down, throws `unavailable`: that says nothing of the request.
 */
export async function stillStands(request: Standing, asked: Asked): Promise<Decision> {
  const { rule, projectId, requester } = request;
  try {
    const facts: GroundFacts = {
      requester: {
        name: requester.name,
        role: rule === "platform-engineer" ? await askRole(requester.gitlabUserId, asked.gitlab, asked.clock) : null,
        accessLevel:
          rule === "approval" ? await accessLevelIn(asked.gitlab, projectId, requester.gitlabUserId, asked.clock) : 0,
      },
      approvers: request.approvers && (await askAll(request.approvers, asked)),
      project: await shownProject(projectId, asked.gitlab),
      worse: [],
    };
    const stands = standsOn(request, facts);
    return stands.ok && asked.worse ? standsOn(request, { ...facts, worse: await asked.worse() }) : stands;
  } catch (error) {
    const known = knownError(error);
    if (!known) throw error;
    const reason = `Whether ${requester.name} may still ask for this could not be asked: ${known.message}`;
    if (known.code === "unavailable" || known.code === "too-many")
      throw new TrustdeskError("unavailable", reason, { cause: error });
    return { ok: false, reason };
  }
}

async function askAll(
  people: readonly Somebody[],
  { gitlab, clock }: Asked,
): Promise<{ name: string; role: PortalRole | null }[]> {
  const answers: { name: string; role: PortalRole | null }[] = [];
  for (const { gitlabUserId, name } of people) answers.push({ name, role: await askRole(gitlabUserId, gitlab, clock) });
  return answers;
}

async function shownProject(projectId: number, gitlab: GitlabClient): Promise<GroundFacts["project"]> {
  try {
    const { path_with_namespace: path, archived } = await gitlab.project(projectId);
    return { path, archived };
  } catch (error) {
    const code = knownError(error)?.code;
    if (code === "not-found" || code === "forbidden") return null;
    throw error;
  }
}
