"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { QueryError } from "@/components/layout/query-error";
import { Command } from "@/components/ui/popups";
import { api } from "@/lib/api/client";
import type { SignedInPerson } from "@/lib/identity/model";
import { actionsFor, matchingActions } from "./actions";
import { FoundRecords } from "./found-records";
import { PaletteGroup, PaletteItem } from "./palette-item";
import { readRecent } from "./recent";
import { recordIcon } from "./record-icon";
import type { CurrentRecord } from "./use-current-record";
import { useDeed } from "./use-deed";
import { useFound } from "./use-found";

export interface PaletteResultsProps {
  typed: string;
  person: SignedInPerson;
  here: CurrentRecord | null;
  onClose: () => void;
  onShowShortcuts: () => void;
}

/** What the palette's field finds; mounted anew each time the palette opens. */
export function PaletteResults({ typed, person, here, onClose, onShowShortcuts }: PaletteResultsProps) {
  const [recent] = useState(() => readRecent(person.id).filter(({ href }) => href !== here?.href));
  const query = typed.trim();
  const may = useQuery({
    ...api.requests.maySubmit.queryOptions({ input: { projectId: here?.projectId ?? 0 } }),
    enabled: here !== null,
  });
  const actions = matchingActions(
    actionsFor(person, here && may.data?.ok ? { projectId: here.projectId, path: here.projectPath } : null),
    query,
  );
  const { found, error, retry, searching } = useFound(query);
  const act = useDeed(onClose, onShowShortcuts);
  const go = (href: string) => act({ kind: "go", href });

  const records = found ? Object.values(found).reduce((sum, rows) => sum + rows.length, 0) : 0;
  const count = actions.length + records + (query ? 0 : recent.length);
  return (
    <>
      <p role="status" className="sr-only">
        {searching ? "Searching" : `${count} ${count === 1 ? "result" : "results"}`}
      </p>
      <Command.List label="Results" className="min-h-0 overflow-y-auto p-1.5 empty:p-0">
        {actions.length > 0 ? (
          <PaletteGroup title="Actions">
            {actions.map(({ label, deed, keys }) => (
              <PaletteItem key={label} value={`action ${label}`} label={label} keys={keys} onSelect={() => act(deed)} />
            ))}
          </PaletteGroup>
        ) : null}
        {!query && recent.length > 0 ? (
          <PaletteGroup title="Recently opened">
            {recent.map(({ kind, href, label, note }) => (
              <PaletteItem
                key={href}
                value={`recent ${href}`}
                icon={recordIcon[kind]}
                label={label}
                note={note}
                onSelect={() => go(href)}
              />
            ))}
          </PaletteGroup>
        ) : null}
        {found ? <FoundRecords found={found} onGo={go} /> : null}
      </Command.List>
      {error ? (
        <div className="px-3.5 pb-3">
          <QueryError what="The search" error={error} onRetry={retry} />
        </div>
      ) : null}
      {count === 0 && !error ? <p className="px-3.5 pb-4 text-ink-2">{emptyWords(query, searching)}</p> : null}
    </>
  );
}

function emptyWords(query: string, searching: boolean): string {
  if (searching) return "Searching";
  const what =
    "Projects are found by path or name, roles by name, ARN or project, requests by role, project or person, people by name or username.";
  return query.length < 2 ? what : `Nothing you can see matches “${query}”. ${what}`;
}
