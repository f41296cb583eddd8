"use client";

import { useQuery } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { parseAsInteger, parseAsIsoDate, parseAsString, type UseQueryStatesReturn, useQueryStates } from "nuqs";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { FilterChips } from "@/components/ui/filter-chips";
import { FilterField } from "@/components/ui/filter-field";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { api } from "@/lib/api/client";
import { auditActions } from "@/lib/audit/model";
import type { AuditFilter } from "@/lib/audit-log/contract";

const keys = {
  person: parseAsString.withDefault(""),
  action: parseAsString,
  project: parseAsString,
  role: parseAsString,
  account: parseAsString,
  from: parseAsIsoDate,
  to: parseAsIsoDate,
  seq: parseAsInteger,
};

type Filters = UseQueryStatesReturn<typeof keys>[0];
type SetFilters = UseQueryStatesReturn<typeof keys>[1];

const none = { action: null, project: null, role: null, account: null, from: null, to: null, seq: null };

/** The audit's filters, kept in the URL. */
export function useAuditFilters() {
  return useQueryStates(keys, { history: "replace" });
}

const isoDay = (date: Date | null) => date?.toISOString().slice(0, 10);

/** The filters as the API takes them. */
export function auditInput(filters: Filters): Omit<AuditFilter, "cursor" | "limit"> {
  return {
    person: filters.person.trim().replace(/^@/, "") || undefined,
    action: filters.action ?? undefined,
    project: filters.project ?? undefined,
    role: filters.role ?? undefined,
    account: filters.account ?? undefined,
    from: isoDay(filters.from),
    to: isoDay(filters.to),
    seq: filters.seq ?? undefined,
  };
}

/** An action's name in words, e.g. "role-request-submitted" as "role request submitted". */
export function actionWords(action: string): string {
  return action.replaceAll("-", " ");
}

/** The field for the person, and a pane with the rest. */
export function AuditFilterBar({ filters, setFilters }: { filters: Filters; setFilters: SetFilters }) {
  return (
    <>
      <FilterField
        label="Filter by person (username)"
        value={filters.person}
        onValueChange={(person) => void setFilters({ person, seq: null })}
        className="w-full sm:w-auto sm:flex-1"
      />
      <Combobox
        aria-label="Add filter: action"
        fixedLabel="Action"
        filterLabel="Filter actions"
        value={filters.action ?? ""}
        onValueChange={(action) => void setFilters({ action: action || null, seq: null })}
        options={auditActions.map((action) => ({ value: action, label: actionWords(action) }))}
        className="w-28"
      />
      <MoreFilters filters={filters} setFilters={setFilters} />
    </>
  );
}

function MoreFilters({ filters, setFilters }: { filters: Filters; setFilters: SetFilters }) {
  const [open, setOpen] = useState(false);
  const accounts = useQuery(api.accounts.list.queryOptions());
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="More filters"
      align="end"
      className="w-[min(340px,92vw)]"
      trigger={
        <Button className="font-normal">
          <ListFilter aria-hidden className="size-3.5" /> More filters
        </Button>
      }
    >
      <form
        className="grid grid-cols-2 gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setOpen(false);
        }}
      >
        <Field
          label="Project"
          hint="Its whole path as it was then, or a group's: all below it belongs to it."
          className="col-span-2"
        >
          <Input
            mono
            value={filters.project ?? ""}
            onChange={(event) => void setFilters({ project: event.target.value || null, seq: null })}
          />
        </Field>
        <Field label="Role name">
          <Input
            mono
            value={filters.role ?? ""}
            onChange={(event) => void setFilters({ role: event.target.value || null, seq: null })}
          />
        </Field>
        <Field label="AWS account">
          <Combobox
            placeholder="Any"
            clearLabel="Any account"
            filterLabel="Filter accounts"
            value={filters.account ?? ""}
            onValueChange={(account) => void setFilters({ account: account || null, seq: null })}
            options={(accounts.data ?? []).map((account) => ({
              value: account.accountId,
              label: account.name,
              note: account.accountId,
              search: `${account.name} ${account.accountId}`,
            }))}
          />
        </Field>
        <Field label="From (UTC)">
          <Input
            type="date"
            value={isoDay(filters.from) ?? ""}
            onChange={(event) => void setFilters({ from: event.target.valueAsDate, seq: null })}
          />
        </Field>
        <Field label="To, inclusive">
          <Input
            type="date"
            value={isoDay(filters.to) ?? ""}
            onChange={(event) => void setFilters({ to: event.target.valueAsDate, seq: null })}
          />
        </Field>
        <Button type="submit" className="col-span-2 justify-self-end">
          Done
        </Button>
      </form>
    </Popover>
  );
}

/** The filters that are on. */
export function AuditChips({ filters, setFilters }: { filters: Filters; setFilters: SetFilters }) {
  const on: readonly [keyof typeof none, string, string | undefined][] = [
    ["seq", "Entry", filters.seq ? `#${filters.seq}` : undefined],
    ["action", "Action", filters.action ? actionWords(filters.action) : undefined],
    ["project", "Project", filters.project ?? undefined],
    ["role", "Role", filters.role ?? undefined],
    ["account", "Account", filters.account ?? undefined],
    ["from", "From", isoDay(filters.from)],
    ["to", "To", isoDay(filters.to)],
  ];
  const chips = on.flatMap(([id, name, value]) =>
    value ? [{ id, name, value, onRemove: () => void setFilters({ [id]: null }) }] : [],
  );
  return <FilterChips chips={chips} onClear={() => void setFilters(none)} />;
}
