import { canonicalJson } from "@/lib/iam/json";
import { inexactNumber } from "@/lib/iam/json-numbers";
import { validatePermissionPolicy } from "@/lib/iam/permission-policy";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { parseRawPolicy } from "@/lib/iam/policy-schema";
import { templateOf, templates } from "@/lib/iam/templates/table";
import type { TemplatePlace } from "@/lib/iam/templates/template";
import { strangeDocumentProblem } from "./characters";
import { inShapeOf } from "./form-shape";
import type { DraftProblem, RoleDraft } from "./schema";

type Permissions = RoleDraft["permissions"];

/** An inline policy as the form shows it: as the template that makes it, or as its document; null for none. */
export function permissionsOf(policy: RawPolicy | null, place: TemplatePlace): Permissions {
  if (!policy) return { kind: "none" };
  const made = templateOf(policy, place);
  return made
    ? { kind: "template", template: made.template.id, values: made.values }
    : { kind: "document", text: JSON.stringify(policy, null, 2) };
}

interface WrittenPermissions {
  policy: RawPolicy | null;
  problems: DraftProblem[];
}

/**
 * The inline policy that the form wants. What it says already stays as it was written, whatever a new one would have to
 * keep to: AWS holds it. `mayBeNone` where the role may be left without the policy.
 */
export function writtenPermissions(
  permissions: Permissions,
  before: RawPolicy | null,
  { place, mayBeNone }: { place: TemplatePlace; mayBeNone: boolean },
): WrittenPermissions {
  const inexact = permissions.kind === "document" ? inexactNumber(permissions.text) : null;
  if (inexact)
    return problem(
      `Line ${inexact.line}: the number ${inexact.literal} would not be kept as it is written. Put it in quotes, which means the same to AWS.`,
    );
  if (isUnchanged(permissions, before, place)) return { policy: before, problems: [] };
  switch (permissions.kind) {
    case "none":
      return mayBeNone
        ? { policy: null, problems: [] }
        : problem(
            before
              ? "The role keeps other inline policies: this one can be changed, not left out."
              : "Say what they can do.",
          );
    case "document": {
      const checked = validatePermissionPolicy(permissions.text);
      if (!checked.ok) return problem(checked.line ? `Line ${checked.line}: ${checked.reason}` : checked.reason);
      const raw = parseRawPolicy(permissions.text);
      if (!raw.ok) return problem(raw.reason);
      const strange = strangeDocumentProblem(raw.policy, permissions.text);
      return strange === null ? { policy: raw.policy, problems: [] } : problem(strange);
    }
    case "template":
      return fromTemplate(permissions, before, place);
  }
}

function isUnchanged(permissions: Permissions, before: RawPolicy | null, place: TemplatePlace): boolean {
  const shown = permissionsOf(before, place);
  if (permissions.kind === "template" && shown.kind === "template")
    return (
      permissions.template === shown.template &&
      Object.entries(shown.values).every(([name, value]) => value === (permissions.values[name] ?? ""))
    );
  if (permissions.kind !== "document") return false;
  const raw = parseRawPolicy(permissions.text);
  return raw.ok && canonicalJson(raw.policy) === canonicalJson(before);
}

function fromTemplate(
  { template: id, values }: Extract<Permissions, { kind: "template" }>,
  before: RawPolicy | null,
  place: TemplatePlace,
): WrittenPermissions {
  const template = templates.find((one) => one.id === id);
  if (!template) return problem("There is no such template.");
  const problems = template.parameters.flatMap(({ name, label, problem: check }) => {
    const reason = check(values[name] ?? "");
    return reason ? problem(`${label}: ${reason}`).problems : [];
  });
  if (problems.length > 0) return { policy: null, problems };
  const built = template.build(values, place);
  const strange = strangeDocumentProblem(built, "");
  if (strange !== null) return problem(strange);
  const made = before && templateOf(before, place);
  return before && made?.template.id === id
    ? { policy: inShapeOf(before, template.build(made.values, place), built), problems }
    : { policy: built, problems };
}

function problem(reason: string): WrittenPermissions {
  return { policy: null, problems: [{ field: "permissions", reason }] };
}
