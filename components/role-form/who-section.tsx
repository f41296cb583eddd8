"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import { chosenButOut } from "@/lib/role-form/draft-choices";
import type { FormPart } from "./form-part";
import { FormSection } from "./form-section";
import { RefPicker } from "./ref-picker";

/** Who gets in: refs, pins and the audience. */
export function WhoSection(part: FormPart) {
  const { draft, change, project, consequence, hasStatement, errorAt, touch } = part;
  return (
    <FormSection
      title="Who gets in"
      about={`branches and tags of ${project.path}`}
      hint="Only jobs on these refs can assume the role. Protected refs are the safe choice: others can be created by any developer."
    >
      {project.movedFrom ? (
        <p className="mb-2.5 rounded-md bg-caution-soft px-3 py-2">
          The project moved here from <code className="font-mono">{project.movedFrom}</code>: the trust names its new
          path.
        </p>
      ) : null}
      {hasStatement ? null : (
        <p className="mb-2.5 rounded-md bg-sunk px-3 py-2 text-ink-2">
          No statement of the trust lets in just this GitLab&apos;s jobs. The trust stays as it is; choosing a branch or
          tag adds a statement for it.
        </p>
      )}
      <RefPicker
        refs={part.refs}
        refsComplete={part.refsComplete}
        draft={draft}
        change={(next) => (touch("refs"), change(next))}
      />
      {errorAt("refs") ? <FieldError>{errorAt("refs")}</FieldError> : null}
      <ChosenButOut draft={draft} consequence={consequence} />
      <div className="mt-3 grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <Pins draft={draft} change={change} project={project} />
        <Field
          label="Audience"
          hint="The aud of the job's id_tokens. AWS compares it with the provider's list."
          error={errorAt("audience")}
        >
          <Input
            mono
            value={draft.audience}
            onBlur={() => touch("audience")}
            onChange={(event) => change({ ...draft, audience: event.target.value })}
          />
        </Field>
      </div>
    </FormSection>
  );
}

/** Chosen refs that the trust keeps out all the same, each with what it lacks. */
function ChosenButOut({ draft, consequence }: Pick<FormPart, "draft" | "consequence">) {
  const out = chosenButOut(draft, consequence.judgement?.out ?? []);
  if (out.length === 0) return null;
  return (
    <FieldError>
      {out.slice(0, 3).map(({ ref, because }) => (
        <span key={`${ref.type} ${ref.name}`} className="block">
          <code className="font-mono">{ref.name}</code> is chosen and does not get in:{" "}
          {draft.pins.refProtected && !ref.protected
            ? "it is not protected, and “Protected refs only” is on. Protect it in GitLab, or turn that off."
            : because}
        </span>
      ))}
      {out.length > 3 ? <span className="block">{out.length - 3} more of the chosen do not get in.</span> : null}
    </FieldError>
  );
}

function Pins({ draft, change, project }: Pick<FormPart, "draft" | "change" | "project">) {
  const reason = isGitlabCom(project.issuer)
    ? null
    : `AWS offers this condition for gitlab.com only; tokens of ${project.issuer} have subject and audience.`;
  const projectReason =
    reason && project.components?.[0] === "project_id"
      ? `${reason} The subject begins with project_id, which holds the trust to this project.`
      : reason;
  const pin = (name: keyof typeof draft.pins) => (on: boolean) =>
    change({ ...draft, pins: { ...draft.pins, [name]: on } });
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Pins</legend>
      <Checkbox
        checked={draft.pins.projectId}
        onCheckedChange={pin("projectId")}
        reason={projectReason}
        label={
          <>
            Project <code className="font-mono text-sm text-ink-2">{project.projectId}</code>
          </>
        }
        hint="Survives renames; a project that takes over the path stays out."
      />
      <Checkbox
        checked={draft.pins.refProtected}
        onCheckedChange={pin("refProtected")}
        reason={reason}
        label="Protected refs only"
      />
      <Checkbox
        checked={draft.pins.namespaceId}
        onCheckedChange={pin("namespaceId")}
        reason={reason}
        label={
          <>
            Namespace <code className="font-mono text-sm text-ink-2">{project.namespaceId}</code>
          </>
        }
        hint="A transfer to another group then ends the trust, on purpose."
      />
    </fieldset>
  );
}
