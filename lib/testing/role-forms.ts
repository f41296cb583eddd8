import fc from "fast-check";
import type { SubjectComponent } from "@/lib/gitlab-ci/claims";
import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import { isPattern } from "@/lib/gitlab-ci/ref-pattern";
import { readSubject } from "@/lib/gitlab-ci/subject";
import { templateOf } from "@/lib/iam/templates/table";
import { sorted } from "@/lib/iam/trust-view";
import { componentsShown } from "@/lib/judgement/project";
import type { RoleDocument } from "@/lib/plan/change";
import type { RoleForm } from "@/lib/role-form/form";
import { formOf } from "@/lib/role-form/form";
import type { FormPlace } from "@/lib/role-form/form-place";
import { templatePlace } from "@/lib/role-form/form-place";
import { anyTemplate, audience, pattern, permissionStatement, policyOf, projectNames, refName } from "./role-documents";

/** A form that is valid for the document, as the docstring of `write` says. */
export function anyForm(place: FormPlace, document: RoleDocument): fc.Arbitrary<RoleForm> {
  const { form: now } = formOf(document, place);
  return fc
    .record({
      who: anyWho(place, document),
      what: anyWhat(place, document),
      settings: fc.record({
        maxSessionHours: fc.integer({ min: 3600, max: 43_200 }).map((seconds) => seconds / 3600),
        boundaryArn: fc.constantFrom(null, "arn:aws:iam::777788889999:policy/other"),
        description: fc.constantFrom("", "Changed"),
      }),
    })
    .map(({ who, what, settings }) => ({ ...now, ...who, ...what, ...settings }));
}

function anyWho(
  place: FormPlace,
  document: RoleDocument,
): fc.Arbitrary<Pick<RoleForm, "refs" | "patterns" | "otherSubjects" | "pins" | "audience">> {
  const { form: now, hasStatement } = formOf(document, place);
  const { refs, patterns, otherSubjects, pins, audience: asked } = now;
  const asIs = fc.constant({ refs, patterns, otherSubjects, pins, audience: asked });
  const shown = componentsShown(place.project);
  const isClosed = refs.length + patterns.length === 0;
  const without = hasStatement
    ? fc
        .tuple(anyPins(place, false), audience)
        .map(([next, aud]) => ({
          ...now,
          pins: otherSubjects.some((one) => isRead(one, next, place)) ? pins : next,
          audience: aud,
        }))
        .map(pickWho)
    : asIs;
  if (!shown.ok) return without;
  const { components } = shown;
  const chosen = anyRefs(components).chain((named) =>
    fc.record({ pins: anyPins(place, true), audience, keep: fc.subarray(otherSubjects) }).map(({ keep, ...who }) => ({
      ...named,
      ...who,
      otherSubjects: keep.filter((one) => !isRead(one, who.pins, place)),
    })),
  );
  return isClosed
    ? fc.oneof(asIs, without, chosen)
    : fc.oneof({ weight: 1, arbitrary: asIs }, { weight: 4, arbitrary: chosen });
}

const pickWho = ({ refs, patterns, otherSubjects, pins, audience: asked }: RoleForm) => ({
  refs,
  patterns,
  otherSubjects,
  pins,
  audience: asked,
});

/** Whether a subject would be shown as a ref or pattern under these pins; where AWS has no key for it, one that asks for a protected ref is what turns the pin on. */
function isRead(subject: string, pins: RoleForm["pins"], { project }: FormPlace): boolean {
  const shown = componentsShown(project);
  const parts = shown.ok ? readSubject(shown.components, subject, projectNames) : null;
  if (!shown.ok || !parts) return false;
  const asks = parts.refProtected === "true";
  if (asks && !isGitlabCom(project.issuer)) return true;
  return !shown.components.includes("ref_protected") || asks === pins.refProtected;
}

function anyPins({ project }: FormPlace, named: boolean): fc.Arbitrary<RoleForm["pins"]> {
  const inSubject = named && (project.components?.includes("ref_protected") ?? false);
  const onGitlabCom = isGitlabCom(project.issuer);
  return fc.record({
    projectId: onGitlabCom ? fc.boolean() : fc.constant(false),
    namespaceId: onGitlabCom ? fc.boolean() : fc.constant(false),
    refProtected: onGitlabCom || inSubject ? fc.boolean() : fc.constant(false),
  });
}

function anyRefs(components: readonly SubjectComponent[]): fc.Arbitrary<Pick<RoleForm, "refs" | "patterns">> {
  const type = components.includes("ref_type")
    ? fc.constantFrom("branch" as const, "tag" as const)
    : fc.constant("branch" as const);
  const anyType = components.includes("ref_type") ? fc.oneof(type, fc.constant("*" as const)) : type;
  const named = components.includes("ref");
  const refs = named ? fc.uniqueArray(fc.record({ name: refName, type }), sameText) : fc.constant([]);
  const rules = fc
    .record({ pattern: named ? fc.oneof(pattern, pattern, refName) : fc.constant("*"), type: anyType })
    .filter((one) => isPattern(one.pattern) || one.type === "*");
  return fc
    .record({ refs, patterns: fc.uniqueArray(rules, sameText) })
    .filter((chosen) => chosen.refs.length + chosen.patterns.length > 0)
    .map((chosen) => ({ refs: sorted(chosen.refs), patterns: sorted(chosen.patterns) }));
}

const sameText = { maxLength: 3, selector: (part: object) => JSON.stringify(part) };

function anyWhat(place: FormPlace, document: RoleDocument): fc.Arbitrary<Pick<RoleForm, "permissions" | "policyName">> {
  const { permissions: asIs, policyName: shown } = formOf(document, place).form;
  const held = Object.keys(document.inlinePolicies);
  const name = fc.constantFrom(
    ...["deploy", "logs", "a", "new-one", shown].filter((one) => one === shown || !held.includes(one)),
  );
  const written = policyOf(permissionStatement)
    .map(({ Statement, Id }) => ({ Statement, Version: "2012-10-17", ...(Id === undefined ? {} : { Id }) }))
    .filter((policy) => templateOf(policy, templatePlace(place.account)) === null)
    .map((policy) => ({ kind: "document" as const, text: JSON.stringify(policy, null, 2) }));
  const unchanged = asIs.kind === "none" ? [] : [fc.constant(asIs)];
  const some = fc.record({ permissions: fc.oneof(anyTemplate, written, ...unchanged), policyName: name });
  const none = fc.constant({ permissions: { kind: "none" as const }, policyName: "deploy" });
  return held.length <= 1 ? fc.oneof({ weight: 4, arbitrary: some }, { weight: 1, arbitrary: none }) : some;
}
