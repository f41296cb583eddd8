import type { Decision } from "@/lib/errors";
import { accessLevels } from "@/lib/identity/model";
import type { PortalRole } from "@/lib/identity/model";
import { requestCan, stateName } from "./model";
import type { RequestState } from "./model";

/** The rule under which no approval is needed; it is stored with the request. */
export const platformEngineerRule = "platform-engineer";

/** What GitLab says about the person in the project, now. */
interface ProjectStanding {
  /** GitLab's integer; 0 for no member. */
  accessLevel: number;
  archived: boolean;
}

/**
 * May the person make a role for the project? In this version only platform engineers do; they need not be
 * members of the project. `askWhom` names the group whose members can help.
 */
export function maySubmit(person: { role: PortalRole }, standing: ProjectStanding, askWhom: string): Decision {
  if (person.role === "auditor") return refused("Auditors read; they change nothing.");
  if (person.role === "member" && standing.accessLevel < accessLevels.maintainer) return refused(`A role can be asked for by the project's Maintainers, and made by platform engineers: ask a member of ${askWhom}.`);
  if (person.role === "member") return refused(`In this version only platform engineers make roles: ask a member of ${askWhom}.`);
  if (standing.archived) return refused("The project is archived in GitLab: its pipelines do not run.");
  return { ok: true };
}

/** May the person fill in the form, and have AWS read for it? Drafts belong to their writer, so no project is asked. */
export function mayPrepare(person: { role: PortalRole }): Decision {
  if (person.role === "platform-engineer") return { ok: true };
  return refused(person.role === "auditor" ? "Auditors read; they change nothing." : "In this version only platform engineers make roles.");
}

/** Platform engineers and auditors see every request and role; others those of the projects in which they are members. */
export function seesEverything(person: { role: PortalRole }): boolean {
  return person.role !== "member";
}

/** May the person cancel the request? Its requester or a platform engineer, before the first call to AWS. */
export function mayCancel(person: { id: string; role: PortalRole }, request: { requesterId: string; state: RequestState }): Decision {
  if (person.role === "auditor") return refused("Auditors read; they change nothing.");
  if (person.role !== "platform-engineer" && person.id !== request.requesterId) return refused("A request is cancelled by who made it, or by a platform engineer.");
  if (!requestCan.cancel.includes(request.state)) return refused(request.state === "applying" ? "The first call to AWS has been made: it cannot be cancelled any more." : `The request is ${stateName[request.state]}.`);
  return { ok: true };
}

function refused(reason: string): Decision {
  return { ok: false, reason };
}
