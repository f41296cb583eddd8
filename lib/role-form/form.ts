import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import { policyNameProblem, tagValue } from "@/lib/iam/names";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { managedTag } from "@/lib/iam/portal-policy";
import { beyondTrust } from "@/lib/iam/trust-beyond";
import { readTrust, sorted, usualAudience } from "@/lib/iam/trust-view";
import type { RoleDocument } from "@/lib/plan/change";
import { permissionsOf, writtenPermissions } from "./form-permissions";
import type { FormPlace } from "./form-place";
import { templatePlace, trustedProject } from "./form-place";
import { writtenTrust } from "./form-trust";
import type { DraftProblem, RoleDraft } from "./schema";

/** The part of the form that is a view of a role's document: who, what and where, without the account and the reasons. */
export type RoleForm = Omit<RoleDraft, "projectId" | "awsAccountId" | "justification" | "ticketUrl">;

/** A document as the form shows it. */
export interface FormView {
  form: RoleForm;
  /** What the form does not show and keeps, a sentence each. */
  beyond: string[];
  /** Whether a statement of the trust is shown; choosing refs adds one where none is. */
  hasStatement: boolean;
}

/** What the form's words for a place are written with: the place, and who owns a role that is new. */
export interface WriteContext extends FormPlace {
  owner: { username: string };
}

/** What a form amounts to, as far as it is filled in, and everything that is wrong with it. */
export interface WrittenForm {
  trustPolicy: RawPolicy | null;
  /** The inline policy that the form shows; null for none. */
  permissionPolicy: RawPolicy | null;
  /** The role's other inline policies, which are kept whatever the form says. */
  keptPolicies: Record<string, RawPolicy>;
  /** Null while the trust, the permissions or a name is missing. */
  document: RoleDocument | null;
  problems: DraftProblem[];
}

/**
 * The form of a role's document. It shows one statement of the trust, one inline policy, and the settings; `beyond` tells
 * what else there is. `write(formOf(d).form, d)` is `d`, whatever it holds.
 */
export function formOf(document: RoleDocument, place: FormPlace): FormView {
  const { project } = place;
  const view = readTrust(document.trustPolicy, trustedProject(place));
  const hasStatement = view.statement !== null;
  const shown = shownPolicy(document);
  const permissions = permissionsOf(shown?.policy ?? null, templatePlace(place.account));
  const form: RoleForm = {
    refs: view.refs,
    patterns: view.patterns,
    otherSubjects: view.otherSubjects,
    pins: hasStatement ? view.pins : pinsOfNew(project.issuer),
    audience: view.audience ?? usualAudience,
    permissions,
    policyName: shown?.name ?? usualPolicyName,
    roleName: document.name,
    rolePath: document.path,
    maxSessionHours: document.maxSessionSeconds / 3600,
    boundaryArn: document.boundaryArn,
    description: document.description,
  };
  return {
    form,
    hasStatement,
    beyond: [...beyondTrust(document.trustPolicy, view, project.issuer), ...beyondPolicies(document, shown?.name)],
  };
}

/**
 * The form of a document whose project may have moved since: refs and patterns that the trust names under a former path
 * are chosen under the present one, and with them the namespace, where the trust is held to one.
 */
export function followed(document: RoleDocument, place: FormPlace, formerPaths: readonly string[]): RoleForm {
  const { form } = formOf(document, place);
  const { project } = place;
  return formerPaths
    .filter((path) => path !== project.path)
    .reduce((now, path) => {
      const former = readTrust(document.trustPolicy, trustedProject({ ...place, project: { ...project, path } }));
      if (former.refs.length + former.patterns.length === 0) return now;
      return {
        ...now,
        refs: sorted(unique([...now.refs, ...former.refs])),
        patterns: sorted(unique([...now.patterns, ...former.patterns])),
        otherSubjects: now.otherSubjects.filter((subject) => former.otherSubjects.includes(subject)),
        pins: { ...now.pins, namespaceId: former.pinned.namespaceId !== null },
      };
    }, form);
}

function unique<Part extends object>(parts: readonly Part[]): Part[] {
  const texts = parts.map((part) => JSON.stringify(part));
  return parts.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
}

/**
 * Writes a form into a document; null for a new role. Only what the form shows is changed, and only where the form says
 * something else than the document. `formOf(write(f, d)).form` is `f` for every form that is valid: refs and patterns
 * sorted and each once, a ref without wildcards, a pattern with one or of any type, both as the project's components can
 * tell them; `otherSubjects` of `d` that no ref or pin could show, in its order; pins that AWS has a key for (or the subject a part), and none but the
 * default where there is neither a statement nor a ref; a template's values all named, a document indented by two and no
 * template; a policy name that is not digits alone beside others. What cannot be written is a problem.
 */
export function write(form: RoleForm, document: RoleDocument | null, context: WriteContext): WrittenForm {
  const trust = writtenTrust(form, document, context);
  const shown = document && shownPolicy(document);
  const permissions = writtenPermissions(form.permissions, shown?.policy ?? null, {
    place: templatePlace(context.account),
    mayBeNone: document !== null && Object.keys(document.inlinePolicies).length <= 1,
  });
  const nameProblem = form.permissions.kind === "none" ? null : nameOfPolicyProblem(form.policyName, document);
  const problems: DraftProblem[] = [
    ...trust.problems,
    ...permissions.problems,
    ...(nameProblem === null ? [] : [{ field: "policyName" as const, reason: nameProblem }]),
  ];
  const isWhole = trust.policy !== null && permissions.problems.length === 0 && nameProblem === null;
  return {
    trustPolicy: trust.policy,
    permissionPolicy: permissions.policy,
    keptPolicies: otherPolicies(document),
    document:
      isWhole && trust.policy
        ? {
            ...(document ?? { name: "", path: "/", trustPolicy: trust.policy }),
            name: form.roleName,
            path: form.rolePath,
            trustPolicy: trust.policy,
            description: form.description,
            maxSessionSeconds: Math.round(form.maxSessionHours * 3600),
            boundaryArn: form.boundaryArn,
            tags: document?.tags ?? tagsOfNew(context),
            inlinePolicies: writtenPolicies(form.policyName, permissions.policy, document),
          }
        : null,
    problems,
  };
}

/** The form's own name for an inline policy. */
const usualPolicyName = "deploy";

/**
 * The inline policy that the form shows: the one that is named as the form names its own, else the first. Names of digits
 * alone come last: JavaScript puts such members before all others.
 */
function shownPolicy({ inlinePolicies }: RoleDocument): { name: string; policy: RawPolicy } | null {
  const names = Object.keys(inlinePolicies);
  const name = names.find((one) => one === usualPolicyName) ?? names.find((one) => !isDigits(one)) ?? names[0];
  const policy = name === undefined ? undefined : inlinePolicies[name];
  return name === undefined || !policy ? null : { name, policy };
}

function isDigits(name: string): boolean {
  return /^\d+$/.test(name);
}

/** The shown policy in its place; under another name it comes first, so that it is the one that is shown. */
function writtenPolicies(
  name: string,
  policy: RawPolicy | null,
  document: RoleDocument | null,
): Record<string, RawPolicy> {
  const before = document?.inlinePolicies ?? {};
  const shown = document && shownPolicy(document);
  if (policy !== null && shown?.name === name) return { ...before, [name]: policy };
  const written = policy === null ? [] : [[name, policy] as const];
  return Object.fromEntries([...written, ...Object.entries(otherPolicies(document))]);
}

/** All inline policies but the shown one. */
function otherPolicies(document: RoleDocument | null): Record<string, RawPolicy> {
  const shown = document && shownPolicy(document)?.name;
  return Object.fromEntries(Object.entries(document?.inlinePolicies ?? {}).filter(([name]) => name !== shown));
}

function nameOfPolicyProblem(name: string, document: RoleDocument | null): string | null {
  const shown = document && shownPolicy(document)?.name;
  const others = Object.keys(otherPolicies(document));
  if (others.includes(name))
    return `The role has another inline policy named ${name}, which is kept: choose another name.`;
  if (name !== shown && others.length > 0 && isDigits(name))
    return "A name of digits alone would put another policy of the role in this one's place: choose one with a letter.";
  return policyNameProblem(name);
}

/** The safe start of a statement that is not there yet. */
function pinsOfNew(issuer: string): RoleDraft["pins"] {
  return { projectId: isGitlabCom(issuer), namespaceId: false, refProtected: false };
}

function tagsOfNew({ project, owner }: WriteContext): Record<string, string> {
  return {
    [managedTag.key]: managedTag.value,
    "trustdesk:project-id": String(project.projectId),
    "trustdesk:owner": tagValue(owner.username) ?? "",
  };
}

function beyondPolicies({ inlinePolicies, attachedPolicies = [], tags }: RoleDocument, shown?: string): string[] {
  const inline = Object.keys(inlinePolicies).filter((name) => name !== shown);
  const others = Object.keys(tags).filter((key) => !key.startsWith("trustdesk:"));
  const told = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);
  return [
    ...(inline.length === 0
      ? []
      : [`${told(inline.length, "more inline policy", "more inline policies")}: ${inline.join(", ")}.`]),
    ...(attachedPolicies.length === 0
      ? []
      : [`${told(attachedPolicies.length, "managed policy", "managed policies")}: ${attachedPolicies.join(", ")}.`]),
    ...(others.length === 0 ? [] : [`${told(others.length, "tag", "tags")}: ${others.join(", ")}.`]),
  ];
}
