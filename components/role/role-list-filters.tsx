"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, type UseQueryStatesReturn, useQueryStates } from "nuqs";
import { Combobox } from "@/components/ui/combobox";
import { FilterChips } from "@/components/ui/filter-chips";
import { FilterField } from "@/components/ui/filter-field";
import { gradeWord } from "@/components/ui/grade";
import { Select } from "@/components/ui/select";
import { api } from "@/lib/api/client";
import { grades } from "@/lib/findings/finding";
import { roleStandings, standingWord } from "./role-standing";

const keys = {
  q: parseAsString.withDefault(""),
  account: parseAsString,
  grade: parseAsStringLiteral(grades),
  live: parseAsStringLiteral(roleStandings),
};

type RoleFilters = UseQueryStatesReturn<typeof keys>[0];

interface RoleFiltersProps {
  filters: RoleFilters;
  setFilters: UseQueryStatesReturn<typeof keys>[1];
}

/** What the list of roles is narrowed to, kept in the address. */
export function useRoleFilters(): UseQueryStatesReturn<typeof keys> {
  return useQueryStates(keys, { history: "replace" });
}

/** Filters by words, account, grade and how AWS stands to the record. */
export function RoleListFilters({ filters, setFilters }: RoleFiltersProps) {
  const accounts = useQuery(api.accounts.list.queryOptions());
  return (
    <>
      <FilterField
        label="Filter roles by name, ARN or project"
        value={filters.q}
        onValueChange={(q) => void setFilters({ q })}
        className="w-full sm:w-auto sm:flex-1"
      />
      <Combobox
        aria-label="Add filter: account"
        fixedLabel="Account"
        filterLabel="Filter accounts"
        empty="No account matches."
        value={filters.account ?? ""}
        onValueChange={(account) => void setFilters({ account: account || null })}
        options={(accounts.data ?? []).map((account) => ({
          value: account.id,
          label: account.name,
          note: account.accountId,
          search: `${account.name} ${account.accountId}`,
        }))}
        className="w-28"
      />
      <Select
        aria-label="Add filter: grade"
        fixedLabel="Grade"
        value={filters.grade ?? ""}
        onValueChange={(grade) => void setFilters({ grade })}
        options={grades.map((grade) => ({ value: grade, label: gradeWord[grade] }))}
        className="w-28"
      />
      <Select
        aria-label="Add filter: AWS now"
        fixedLabel="AWS now"
        value={filters.live ?? ""}
        onValueChange={(live) => void setFilters({ live })}
        options={roleStandings.map((standing) => ({ value: standing, label: standingWord[standing] }))}
        className="w-32"
      />
    </>
  );
}

/** The filters that are on, each with what takes it off. */
export function RoleListChips({ filters, setFilters }: RoleFiltersProps) {
  const accounts = useQuery(api.accounts.list.queryOptions());
  const accountName = accounts.data?.find((account) => account.id === filters.account)?.name ?? filters.account;
  const on: readonly [id: "account" | "grade" | "live", name: string, value: string | null][] = [
    ["account", "Account", accountName],
    ["grade", "Grade", filters.grade && gradeWord[filters.grade]],
    ["live", "AWS now", filters.live && standingWord[filters.live]],
  ];
  const chips = on.flatMap(([id, name, value]) =>
    value ? [{ id, name, value, onRemove: () => void setFilters({ [id]: null }) }] : [],
  );
  return <FilterChips chips={chips} onClear={() => void setFilters({ account: null, grade: null, live: null })} />;
}
