"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { notify } from "@/components/ui/toast";
import type { AwsAccountView } from "@/lib/account/model";
import { accountInputSchema } from "@/lib/account/schema";
import { api, refusalOf } from "@/lib/api/client";
import { type AccountForm, accountFormOf, accountInputOf } from "./account-form";

const partitions = accountInputSchema.shape.partition.unwrap().options.map((value) => ({ value, label: value }));

/** Adds an account (`account` null) or changes one. */
export function AccountDialog({ account, onClose }: { account: AwsAccountView | null; onClose: () => void }) {
  const queries = useQueryClient();
  const [form, setForm] = useState<AccountForm>(() => accountFormOf(account));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const outcome = {
    onSuccess: (saved: AwsAccountView) => {
      notify(
        `Account ${saved.name} is ${account ? "changed" : "added"}. Test the connection to see whether the worker reaches it.`,
      );
      onClose();
      return queries.invalidateQueries({ queryKey: api.accounts.key() });
    },
    onError: (error: unknown) => {
      const refusal = refusalOf(error);
      setProblems({ [refusal.field ?? "form"]: refusal.message });
    },
  };
  const create = useMutation(api.accounts.create.mutationOptions(outcome));
  const update = useMutation(api.accounts.update.mutationOptions(outcome));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = accountInputSchema.safeParse(accountInputOf(form));
    if (!parsed.success) {
      setProblems(
        Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0] ?? "form"), issue.message])),
      );
      return;
    }
    setProblems({});
    if (account) update.mutate({ ...parsed.data, id: account.id });
    else create.mutate(parsed.data);
  };
  const text = (name: keyof AccountForm & string) => ({
    value: String(form[name]),
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={account ? `Edit ${account.name}` : "Add an AWS account"}
      description="Roles are made in it by the worker, which assumes the spoke role. Nothing in AWS changes by saving this."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form="account-form"
            busy={create.isPending || update.isPending ? "Saving" : null}
          >
            {account ? "Save account" : "Add account"}
          </Button>
        </>
      }
    >
      <form id="account-form" noValidate onSubmit={submit} className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
        <Field label="Account ID" error={problems.accountId} required>
          <Input
            mono
            inputMode="numeric"
            readOnly={account !== null}
            placeholder="111122223333"
            {...text("accountId")}
          />
        </Field>
        <Field label="Name" error={problems.name} required>
          <Input placeholder="prod" {...text("name")} />
        </Field>
        <Field label="Partition" error={problems.partition}>
          <Select
            value={form.partition}
            onValueChange={(partition) => setForm({ ...form, partition })}
            options={partitions}
          />
        </Field>
        <Field label="Region" error={problems.region} hint="For the CI variables that a role's page shows.">
          <Input mono {...text("region")} />
        </Field>
        <Field
          label="Spoke role ARN"
          error={problems.spokeRoleArn}
          hint="Empty: the worker's own identity is in this account."
          className="sm:col-span-2"
        >
          <Input mono placeholder="arn:aws:iam::111122223333:role/trustdesk-spoke" {...text("spokeRoleArn")} />
        </Field>
        <Field
          label="ExternalId"
          error={problems.externalId}
          hint={account?.hasExternalId ? "One is set. Empty keeps it." : "What the spoke role's trust policy asks for."}
          className="sm:col-span-2"
        >
          <Input mono type="password" autoComplete="off" {...text("externalId")} />
        </Field>
        <Field label="Path of new roles" error={problems.defaultPath}>
          <Input mono {...text("defaultPath")} />
        </Field>
        <Field label="Role names begin with" error={problems.namePrefix}>
          <Input mono {...text("namePrefix")} />
        </Field>
        <Field label="Permissions boundary ARN" error={problems.boundaryArn} className="sm:col-span-2">
          <Input mono placeholder="arn:aws:iam::111122223333:policy/gitlab-ci-boundary" {...text("boundaryArn")} />
        </Field>
        <Checkbox
          label="Every role must have the boundary"
          reason={form.boundaryArn.trim() ? null : "Name the boundary first."}
          checked={form.boundaryRequired}
          onCheckedChange={(boundaryRequired) => setForm({ ...form, boundaryRequired })}
          className="sm:col-span-2"
        />
        <div className="sm:col-span-2">
          <FieldError>{problems.form}</FieldError>
        </div>
      </form>
    </Dialog>
  );
}
