"use client";

import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { describePermissions } from "@/lib/iam/permission-policy";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import { templates } from "@/lib/iam/templates/table";
import type { PermissionTemplate } from "@/lib/iam/templates/template";
import type { RoleDraft } from "@/lib/role-form/schema";
import type { FormPart } from "./form-part";
import { FormSection } from "./form-section";
import { PolicyEditor } from "./policy-editor";

const firstDocument = JSON.stringify(
  {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::bucket/*" }],
  },
  null,
  2,
);

/** What they can do: a template or a document, and the inline policy's name. */
export function WhatSection(part: FormPart) {
  const { draft, change, consequence, recorded, errorAt, touch } = part;
  const mayBeNone = recorded !== null && Object.keys(recorded.inlinePolicies).length <= 1;
  const inline = consequence.budgets.find(({ label }) => label === "Inline policies");
  const chosen = draft.permissions.kind === "template" ? draft.permissions : null;
  return (
    <FormSection
      title="What they can do"
      about={
        inline ? `${inline.used.toLocaleString("en")} of ${inline.limit.toLocaleString("en")} characters` : undefined
      }
      hint={inWords(draft.permissions, consequence.permissionPolicy)}
    >
      <div className="mb-3 flex flex-wrap gap-1.5" role="group" aria-label="Kind of permissions">
        {templates.map((template) => (
          <Button
            key={template.id}
            aria-pressed={chosen?.template === template.id}
            onClick={() =>
              change({
                ...draft,
                permissions: { kind: "template", template: template.id, values: chosen?.values ?? {} },
              })
            }
            className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
          >
            {template.title}
          </Button>
        ))}
        <Button
          aria-pressed={draft.permissions.kind === "document"}
          onClick={() => change({ ...draft, permissions: asDocument(part) })}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
        >
          Policy document
        </Button>
        {mayBeNone || draft.permissions.kind === "none" ? (
          <Button
            aria-pressed={draft.permissions.kind === "none"}
            onClick={() => change({ ...draft, permissions: { kind: "none" } })}
            className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
          >
            No inline policy
          </Button>
        ) : null}
      </div>
      <Permissions {...part} />
      {errorAt("permissions") ? <FieldError>{errorAt("permissions")}</FieldError> : null}
      {draft.permissions.kind === "none" ? null : (
        <Field label="Inline policy name" error={errorAt("policyName")} className="mt-3 sm:w-[calc(50%-6px)]">
          <Input
            mono
            value={draft.policyName}
            onBlur={() => touch("policyName")}
            onChange={(event) => change({ ...draft, policyName: event.target.value })}
          />
        </Field>
      )}
    </FormSection>
  );
}

/** A template's own sentence, or one for each statement of a document. */
function inWords(permissions: RoleDraft["permissions"], policy: RawPolicy | null): string {
  if (permissions.kind === "none") return "The role has no inline policy.";
  if (!policy) return "Nothing yet.";
  if (permissions.kind === "document") return describePermissions(readPolicy(policy)).join(" ");
  return templates.find(({ id }) => id === permissions.template)?.describe(permissions.values) ?? "";
}

/** What a template made goes on as a document, so that nothing is lost. */
function asDocument({ draft, consequence }: FormPart): RoleDraft["permissions"] {
  if (draft.permissions.kind === "document") return draft.permissions;
  return {
    kind: "document",
    text: consequence.permissionPolicy ? JSON.stringify(consequence.permissionPolicy, null, 2) : firstDocument,
  };
}

function Permissions({ draft, change, touch }: FormPart) {
  const { permissions } = draft;
  if (permissions.kind === "none") return null;
  if (permissions.kind === "document") {
    return (
      <PolicyEditor
        label="Policy document"
        value={permissions.text}
        onChange={(text) => (touch("permissions"), change({ ...draft, permissions: { kind: "document", text } }))}
      />
    );
  }
  const template = templates.find(({ id }) => id === permissions.template);
  if (!template) return <FieldError>There is no template {permissions.template} any more. Choose another.</FieldError>;
  const set = (name: string, value: string) =>
    change({ ...draft, permissions: { ...permissions, values: { ...permissions.values, [name]: value } } });
  return (
    <TemplateFields template={template} values={permissions.values} set={set} touch={() => touch("permissions")} />
  );
}

function TemplateFields({
  template,
  values,
  set,
  touch,
}: {
  template: PermissionTemplate;
  values: Record<string, string>;
  set: (name: string, value: string) => void;
  touch: () => void;
}) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {template.parameters.map(({ name, label, placeholder, hint, problem }) => {
        const value = values[name] ?? "";
        return (
          <Field
            key={name}
            label={label}
            hint={hint}
            required={problem("") !== null}
            error={value === "" ? undefined : (problem(value) ?? undefined)}
          >
            <Input
              mono
              placeholder={placeholder}
              value={value}
              onBlur={touch}
              onChange={(event) => set(name, event.target.value)}
            />
          </Field>
        );
      })}
    </div>
  );
}
