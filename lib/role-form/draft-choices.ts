import type { AccountChoice } from "@/lib/account/model";
import type { RefVerdict } from "@/lib/admission/admitted";
import type { Finding } from "@/lib/findings/table";
import type { RefType } from "@/lib/gitlab-ci/claims";
import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { RoleDocument } from "@/lib/plan/change";
import type { ProjectView } from "@/lib/project/model";
import type { FormPlace } from "./desired";
import { followed } from "./form";
import type { RoleDraft } from "./schema";

/** The safe start: the default branch if it is protected, pinned to the project and to protected refs. */
export function firstDraft(project: ProjectView, refs: readonly GitRef[]): RoleDraft {
  const start = refs.find((ref) => ref.default && ref.type === "branch" && ref.protected);
  return {
    projectId: project.projectId,
    refs: start ? [{ name: start.name, type: start.type }] : [],
    patterns: [],
    otherSubjects: [],
    pins: {
      projectId: isGitlabCom(project.issuer),
      namespaceId: false,
      refProtected: isGitlabCom(project.issuer) && start !== undefined,
    },
    audience: "https://sts.amazonaws.com",
    permissions: { kind: "template", template: "s3-deploy", values: {} },
    policyName: "deploy",
    awsAccountId: "",
    roleName: "",
    rolePath: "/",
    maxSessionHours: 1,
    boundaryArn: null,
    description: "",
    justification: "",
    ticketUrl: "",
  };
}

/** What a change of a recorded role begins with: its document, with nothing said yet of why. */
export function changeOf(
  document: RoleDocument,
  role: { projectId: number; projectPath: string; account: { id: string } },
  place: FormPlace & { project: ProjectView },
): RoleDraft {
  const formerPaths = [role.projectPath, place.project.movedFrom].filter((path) => path !== null);
  const form = followed(document, place, formerPaths);
  return {
    ...form,
    projectId: role.projectId,
    awsAccountId: role.account.id,
    justification: "",
    ticketUrl: "",
  };
}

/** The draft in another account: its path and boundary, and its name for the role unless one was typed. */
export function inAccount(
  draft: RoleDraft,
  account: AccountChoice,
  project: ProjectView,
  previous: AccountChoice | null,
): RoleDraft {
  const typed = draft.roleName !== "" && draft.roleName !== suggestedName(project, previous);
  return {
    ...draft,
    awsAccountId: account.id,
    rolePath: account.defaultPath,
    boundaryArn: account.boundaryArn,
    roleName: typed ? draft.roleName : suggestedName(project, account),
  };
}

function suggestedName(project: ProjectView, account: AccountChoice | null): string {
  if (!account) return "";
  const words = project.path
    .split("/")
    .slice(-2)
    .join("-")
    .replace(/[^\w+=,.@-]/g, "-");
  return `${account.namePrefix}${words}-deploy`.slice(0, 64);
}

/** Adds or removes an exact ref. */
export function withRef(draft: RoleDraft, ref: { name: string; type: RefType }, on: boolean): RoleDraft {
  const others = draft.refs.filter(({ name, type }) => name !== ref.name || type !== ref.type);
  return { ...draft, refs: on ? [...others, { name: ref.name, type: ref.type }] : others };
}

/** Of the refs that stay out, those that were chosen by name. */
export function chosenButOut(draft: RoleDraft, out: readonly RefVerdict[]): RefVerdict[] {
  return out.filter(
    ({ ref, verdict }) =>
      verdict === "out" && draft.refs.some(({ name, type }) => name === ref.name && type === ref.type),
  );
}

/** Adds or removes a pattern. */
export function withPattern(draft: RoleDraft, pattern: RoleDraft["patterns"][number], on: boolean): RoleDraft {
  const others = draft.patterns.filter((one) => one.pattern !== pattern.pattern || one.type !== pattern.type);
  return { ...draft, patterns: on ? [...others, pattern] : others };
}

/** Takes a subject of the recorded trust out, or keeps it after all. */
export function withSubject(draft: RoleDraft, subject: string, on: boolean): RoleDraft {
  const others = draft.otherSubjects.filter((one) => one !== subject);
  return { ...draft, otherSubjects: on ? [...others, subject] : others };
}

/** More names than this fit into no trust policy (2,048 characters). */
const mostNames = 50;

/** What the button of a finding does to the draft. `admitted` are the refs that get in now; of too many to name one by one, the protected ones. */
export function mended(draft: RoleDraft, mendId: Finding["mendId"], admitted: readonly GitRef[]): RoleDraft {
  const named = admitted.length > mostNames ? admitted.filter((ref) => ref.protected).slice(0, mostNames) : admitted;
  const exact = named.map(({ name, type }) => ({ name, type }));
  switch (mendId) {
    case "choose-refs":
    case "use-string-like":
      return { ...draft, patterns: [], refs: exact, otherSubjects: [] };
    case "pin-ref-protected":
      return { ...draft, pins: { ...draft.pins, refProtected: true } };
    case "pin-project-id":
      return { ...draft, pins: { ...draft.pins, projectId: true } };
    case "use-template":
      return { ...draft, permissions: { kind: "template", template: "s3-deploy", values: {} } };
    case null:
      return draft;
  }
}
