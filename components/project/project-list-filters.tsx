"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsBoolean, parseAsInteger, parseAsString, type UseQueryStatesReturn, useQueryStates } from "nuqs";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { FilterChips } from "@/components/ui/filter-chips";
import { FilterField } from "@/components/ui/filter-field";
import { Select } from "@/components/ui/select";
import { api } from "@/lib/api/client";
import { accessLevelName, accessLevels } from "@/lib/identity/model";

const keys = {
  q: parseAsString.withDefault(""),
  group: parseAsString,
  role: parseAsInteger,
  archived: parseAsBoolean.withDefault(false),
};

/** The list's filters, kept in the URL. */
export function useProjectFilters() {
  return useQueryStates(keys, { history: "replace" });
}

type Filters = UseQueryStatesReturn<typeof keys>[0];
type SetFilters = UseQueryStatesReturn<typeof keys>[1];

const roles = [accessLevels.developer, accessLevels.maintainer, accessLevels.owner].map((level) => ({
  value: String(level),
  label: leastRole(level),
}));

function leastRole(level: number): string {
  return level === accessLevels.owner ? accessLevelName(level) : `${accessLevelName(level)} or more`;
}

/** The filter field, and what adds group and role. */
export function ProjectListFilters({
  filters,
  setFilters,
  total,
  filtered,
}: {
  filters: Filters;
  setFilters: SetFilters;
  total: number | undefined;
  filtered: boolean;
}) {
  const groups = useQuery(api.projects.groups.queryOptions());
  const label =
    total === undefined || filtered
      ? "Filter projects by path or name"
      : `Filter ${total.toLocaleString("en")} projects by path or name`;
  return (
    <>
      <FilterField
        label={label}
        value={filters.q}
        onValueChange={(q) => void setFilters({ q })}
        className="w-full sm:w-auto sm:flex-1"
      />
      <Combobox
        aria-label="Add filter: group"
        fixedLabel="Group"
        filterLabel="Filter groups"
        empty="No group of yours matches."
        value={filters.group ?? ""}
        onValueChange={(group) => void setFilters({ group: group || null })}
        options={(groups.data ?? []).map((group) => ({
          value: group.path,
          label: group.path,
          note: group.projects.toLocaleString("en"),
        }))}
        className="w-28"
      />
      <Select
        aria-label="Add filter: my role"
        fixedLabel="My role"
        value={filters.role === null ? "" : String(filters.role)}
        onValueChange={(role) => void setFilters({ role: Number(role) })}
        options={roles}
        className="w-28"
      />
      <Checkbox
        label="Archived"
        checked={filters.archived}
        onCheckedChange={(archived) => void setFilters({ archived })}
        className="px-1"
      />
    </>
  );
}

/** The filters that are on. */
export function ProjectListChips({ filters, setFilters }: { filters: Filters; setFilters: SetFilters }) {
  const chips = [
    ...(filters.group
      ? [{ id: "group", name: "Group", value: filters.group, onRemove: () => void setFilters({ group: null }) }]
      : []),
    ...(filters.role
      ? [
          {
            id: "role",
            name: "My role",
            value: leastRole(filters.role),
            onRemove: () => void setFilters({ role: null }),
          },
        ]
      : []),
  ];
  return <FilterChips chips={chips} onClear={() => void setFilters({ group: null, role: null })} />;
}
