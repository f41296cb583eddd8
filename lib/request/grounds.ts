import type { Clock } from "@/lib/clock";
import type { Decision } from "@/lib/errors";
import { knownError, refused, TrustdeskError } from "@/lib/errors";
import type { Finding } from "@/lib/findings/finding";
import type { GitlabClient } from "@/lib/gitlab/client";
import type { PortalRole } from "@/lib/identity/model";
import { accessLevels } from "@/lib/identity/model";
import { askRole } from "@/lib/identity/portal-role";
import { accessLevelIn } from "@/lib/identity/rights";
import type { GoalKind } from "@/lib/plan/goal-words";
import { standstillOf } from "@/lib/project/standstill";
import type { RequestRule } from "./model";

/** What a request claims to stand on. */
export interface Claim {
  kind: GoalKind;
  rule: RequestRule;
  /** The project's path when it was asked for. */
  projectPath: string;
}

/** What GitLab says of it now. Null is what it does not tell. */
export interface GroundFacts {
  requester: { name: string; role: PortalRole | null; accessLevel: number };
  /** Who approved this very plan; null while nobody had to decide yet. */
  approvers: readonly { name: string; role: PortalRole | null }[] | null;
  project: { path: string; standstill: string | null } | null;
  /** Findings that nobody has decided on: what the trust means has become worse, e.g. a ref lost its protection. */
  worse: readonly Finding[];
}

/** What is asked for with the form: it names the project's path, and is of use only where pipelines run. */
const ofTheForm: ReadonlySet<GoalKind> = new Set(["create", "edit"]);
/** Taking away opens nothing. */
const takesAway: ReadonlySet<GoalKind> = new Set(["remove", "undo"]);

type Ground = (claim: Claim, facts: GroundFacts) => string | null;

/** Everything that a request stands on, in the order in which people should hear of it: why not, or null. */
const grounds: Record<"requester" | "approvers" | "shown" | "standstill" | "path" | "meaning", Ground> = {
  requester: ({ rule }, { requester: { name, role, accessLevel } }) => {
    if (rule === "platform-engineer")
      return role === "platform-engineer" ? null : `${name} is not a platform engineer any more.`;
    return accessLevel >= accessLevels.maintainer ? null : `${name} is not a Maintainer of the project any more.`;
  },
  approvers: ({ rule }, { approvers }) => {
    if (rule === "platform-engineer" || approvers === null) return null;
    if (approvers.length === 0) return "Nobody approved this plan.";
    const lapsed = approvers.find(({ role }) => role !== "platform-engineer");
    return lapsed ? `${lapsed.name} is not a platform engineer any more.` : null;
  },
  // Of a project that GitLab does not show nobody can tell what a trust means; taking away needs no such answer.
  shown: ({ kind, rule, projectPath }, { project }) =>
    project || (rule === "platform-engineer" && takesAway.has(kind))
      ? null
      : `GitLab does not show the project ${projectPath} to Trustdesk any more.`,
  // Before the path: GitLab renames what it will delete.
  standstill: ({ kind }, { project }) => (ofTheForm.has(kind) ? (project?.standstill ?? null) : null),
  path: ({ kind, projectPath }, { project }) =>
    !project || !ofTheForm.has(kind) || project.path === projectPath
      ? null
      : `The project has moved to ${project.path}; the plan is about ${projectPath}.`,
  meaning: ({ kind }, { worse }) =>
    takesAway.has(kind) || worse.length === 0
      ? null
      : `What it means has become worse since it was decided: ${worse.map(({ title }) => title).join(", ")}.`,
};

/** Whether a request still stands: the one list that is asked at submit, at approval and before it is applied. */
export function standsOn(claim: Claim, facts: GroundFacts): Decision {
  for (const ground of Object.values(grounds)) {
    const reason = ground(claim, facts);
    if (reason !== null) return refused(reason);
  }
  return { ok: true };
}

/** The same at submit: nobody has approved yet, and the judgement is of this moment. `project` is null where GitLab does not show it to who asks. */
export function standsAtSubmit(
  claim: Claim,
  { name, role }: { name: string; role: PortalRole },
  project: { path: string; standstill: string | null; accessLevel: number } | null,
): Decision {
  const requester = { name, role, accessLevel: project?.accessLevel ?? 0 };
  return standsOn(claim, { requester, approvers: null, project, worse: [] });
}

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
    const project = await gitlab.project(projectId);
    return { path: project.path_with_namespace, standstill: standstillOf(project) };
  } catch (error) {
    const code = knownError(error)?.code;
    if (code === "not-found" || code === "forbidden") return null;
    throw error;
  }
}
