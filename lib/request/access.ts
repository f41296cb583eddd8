import type { Decision } from "@/lib/errors";
import { refused } from "@/lib/errors";
import { auditorsRead } from "@/lib/identity/access";
import type { PortalRole } from "@/lib/identity/model";
import { accessLevels } from "@/lib/identity/model";
import type { AwsFailure } from "@/lib/plan/failure";
import type { GoalKind } from "@/lib/plan/goal-words";
import type { RequestRule, RequestState } from "./model";
import { requestCan, stateName } from "./model";

interface Someone {
  id: string;
  role: PortalRole;
}

/** What GitLab says about the person in the project, now. */
interface ProjectFacts {
  /** GitLab's integer; 0 for no member. */
  accessLevel: number;
  /** Why no pipeline of it will use a role, or null. */
  standstill: string | null;
}

/** The rule under which a person's requests are carried out; it is stored with the request. */
export function ruleFor(person: { role: PortalRole }): RequestRule {
  return person.role === "platform-engineer" ? "platform-engineer" : "approval";
}

/** May the person ask for a role of the project, or for a change of one? Platform engineers need not be members of the project. */
export function maySubmit(person: { role: PortalRole }, project: ProjectFacts, askWhom: string): Decision {
  const may = mayAsk(person, project, askWhom);
  if (!may.ok) return may;
  if (project.standstill !== null) return refused(project.standstill);
  return { ok: true };
}

/** The same for taking away, which a project that is archived or will be deleted is no obstacle to. */
export function mayAsk(
  person: { role: PortalRole },
  { accessLevel }: { accessLevel: number },
  askWhom: string,
): Decision {
  if (person.role === "auditor") return refused(auditorsRead);
  if (person.role === "member" && accessLevel < accessLevels.maintainer)
    return refused(
      `A role is asked for by the project's Maintainers, and made by platform engineers: ask one of them, or a member of ${askWhom}.`,
    );
  return { ok: true };
}

/** A row of the journal, with the AwsFailure that it ended with. */
export interface JournalledStep {
  state: string;
  failure?: unknown;
}

interface AboutRequest {
  requesterId: string;
  state: RequestState;
}

/** May the person approve or reject the request? A platform engineer, never its requester. */
export function mayDecide(person: Someone, request: AboutRequest): Decision {
  if (person.role === "auditor") return refused(auditorsRead);
  if (person.role !== "platform-engineer") return refused("Requests are decided by platform engineers.");
  if (person.id === request.requesterId)
    return refused("Nobody decides their own request: another platform engineer has to.");
  if (!requestCan.approve.includes(request.state))
    return refused(`The request is ${stateName[request.state]}: there is nothing to decide.`);
  return { ok: true };
}

/** May the person take the request back? Only its requester, while it waits for approval. */
export function mayWithdraw(person: Someone, request: AboutRequest): Decision {
  if (person.id !== request.requesterId)
    return refused("A request is withdrawn by who made it; a platform engineer rejects it instead.");
  if (!requestCan.withdraw.includes(request.state))
    return refused(`The request is ${stateName[request.state]}: it cannot be withdrawn any more.`);
  return { ok: true };
}

/** May the person cancel the request? Its requester or a platform engineer, before the first call to AWS. */
export function mayCancel(person: Someone, request: AboutRequest): Decision {
  if (person.role === "auditor") return refused(auditorsRead);
  if (person.role !== "platform-engineer" && person.id !== request.requesterId)
    return refused("A request is cancelled by who made it, or by a platform engineer.");
  if (!requestCan.cancel.includes(request.state))
    return refused(
      request.state === "applying"
        ? "The first call to AWS has been made: it cannot be cancelled any more."
        : `The request is ${stateName[request.state]}.`,
    );
  return { ok: true };
}

const followedAlready = "Another request goes on from this one already.";

/** May the person send the request again with changes, in its place? `followedBy`: a request that did so and did not come to nothing. */
export function mayReplace(person: Someone, request: AboutRequest, followedBy: { id: string } | null): Decision {
  if (person.role === "auditor") return refused(auditorsRead);
  if (person.id !== request.requesterId)
    return refused("A request is changed by who made it: make one of your own instead.");
  if (!requestCan.replace.includes(request.state))
    return refused(`The request is ${stateName[request.state]}: change the role instead.`);
  if (followedBy) return refused(followedAlready);
  return { ok: true };
}

/** May the failed request be tried again, or undone? Whether the person has the right in the project is asked at submit. */
export function mayGoOn(person: Someone, request: AboutRequest, followedBy: { id: string } | null): Decision {
  if (person.role === "auditor") return refused(auditorsRead);
  if (!requestCan.retry.includes(request.state))
    return refused(`The request is ${stateName[request.state]}: only a failed one is tried again or undone.`);
  if (followedBy) return refused(followedAlready);
  return { ok: true };
}

/** May what the failed request made be taken away again? `steps` is its journal; `goesOn` tells that it goes on from another, which may have made something. */
export function mayUndo(
  person: Someone,
  request: AboutRequest & { kind: GoalKind; steps: readonly JournalledStep[]; goesOn: boolean },
  followedBy: { id: string } | null,
): Decision {
  const goOn = mayGoOn(person, request, followedBy);
  if (!goOn.ok) return goOn;
  if (request.kind === "adopt")
    return refused("Taking AWS's version changes nothing in AWS: there is nothing to undo.");
  return request.goesOn || request.steps.some(mayHaveChanged)
    ? { ok: true }
    : refused("It changed nothing in AWS: there is nothing to undo.");
}

/** Whether the call of a step changed something in AWS, or may have: a refusal did not. */
function mayHaveChanged({ state, failure }: JournalledStep): boolean {
  return (
    state === "intent" ||
    state === "done" ||
    (state === "failed" && !(failure as AwsFailure | null | undefined)?.refused)
  );
}
