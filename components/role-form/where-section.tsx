"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { hoursWords } from "@/lib/plan/describe";
import { inAccount } from "@/lib/role-form/draft-choices";
import { ExistingRole } from "./existing-role";
import type { FormPart } from "./form-part";
import { FormSection } from "./form-section";

/** Whole hours, and the length that the role has now. */
function sessionChoices(chosen: number) {
  const hours = Array.from({ length: 12 }, (_, index) => index + 1);
  return [...new Set([...hours, chosen])]
    .sort((a, b) => a - b)
    .map((value) => ({ value: String(value), label: hoursWords(Math.round(value * 3600)) }));
}

/** Where the role will be: account, name, path, session, boundary, description. */
export function WhereSection({
  draft,
  change,
  project,
  accounts,
  account,
  existing,
  fixedPlace,
  errorAt,
  touch,
}: FormPart) {
  const choose = (id: string) => {
    const next = accounts.find((one) => one.id === id);
    if (next) change(inAccount(draft, next, project, account));
  };
  const field = (name: "roleName" | "rolePath" | "description") => ({
    value: draft[name],
    onBlur: () => touch(name),
    onChange: (event: { target: { value: string } }) => change({ ...draft, [name]: event.target.value }),
  });
  return (
    <FormSection title="Where">
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        {fixedPlace ? (
          <FixedPlace draft={draft} account={account} />
        ) : (
          <>
            <Field label="AWS account" error={errorAt("awsAccountId")}>
              <Select
                value={draft.awsAccountId}
                onValueChange={choose}
                placeholder="Choose an account"
                options={accounts.map(({ id, name, accountId }) => ({ value: id, label: name, note: accountId }))}
              />
            </Field>
            <Field label="Role name" error={errorAt("roleName")}>
              <Input mono {...field("roleName")} />
            </Field>
            {existing ? <ExistingRole role={existing} /> : null}
            <Field label="Path" error={errorAt("rolePath")}>
              <Input mono {...field("rolePath")} />
            </Field>
          </>
        )}
        <Field label="Longest session" error={errorAt("maxSessionHours")}>
          <Select
            value={String(draft.maxSessionHours)}
            onValueChange={(value) => change({ ...draft, maxSessionHours: Number(value) })}
            options={sessionChoices(draft.maxSessionHours)}
          />
        </Field>
        <Field
          label="Permissions boundary"
          hint={account?.boundaryRequired ? "Required in this account." : "A managed policy's ARN, or empty for none."}
          error={errorAt("boundaryArn")}
          className="sm:col-span-2"
        >
          <Input
            mono
            value={draft.boundaryArn ?? ""}
            onBlur={() => touch("boundaryArn")}
            onChange={(event) => change({ ...draft, boundaryArn: event.target.value || null })}
          />
        </Field>
        <Field label="Description" error={errorAt("description")} className="sm:col-span-2">
          <Textarea rows={2} {...field("description")} />
        </Field>
      </div>
    </FormSection>
  );
}

function FixedPlace({ draft, account }: Pick<FormPart, "draft" | "account">) {
  return (
    <p className="text-ink-2 sm:col-span-2">
      <code className="font-mono text-ink">{draft.rolePath + draft.roleName}</code> in{" "}
      {account?.name ?? "an account that is gone"}. AWS can change neither the name nor the path nor the account of a
      role.
    </p>
  );
}

/** Why the role is needed. */
export function WhySection({ draft, change, errorAt, touch }: FormPart) {
  return (
    <FormSection title="Why" hint="Auditors read this in years to come.">
      <div className="grid gap-3">
        <Field label="Justification" required error={errorAt("justification")}>
          <Textarea
            rows={3}
            value={draft.justification}
            onBlur={() => touch("justification")}
            onChange={(event) => change({ ...draft, justification: event.target.value })}
          />
        </Field>
        <Field label="Ticket" hint="A link, if there is one." error={errorAt("ticketUrl")}>
          <Input
            value={draft.ticketUrl}
            placeholder="https://"
            onBlur={() => touch("ticketUrl")}
            onChange={(event) => change({ ...draft, ticketUrl: event.target.value })}
          />
        </Field>
      </div>
    </FormSection>
  );
}
