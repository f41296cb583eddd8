"use client";

import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterField } from "@/components/ui/filter-field";
import { Grade } from "@/components/ui/grade";
import { useSingleKeys } from "@/components/ui/single-keys";
import type { DocsEntry, DocsSection } from "./sections";

/** Everything that the docs hold, with a filter whose text is in the URL; `j` and `k` walk the lines. */
export function DocsIndex({ sections }: { sections: readonly DocsSection[] }) {
  const [query, setQuery] = useQueryState("q", parseAsString.withDefault("").withOptions({ history: "replace" }));
  const list = useRef<HTMLDivElement>(null);
  const step = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("a[data-entry]") ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[at === -1 ? 0 : at + by]?.focus();
  };
  useSingleKeys({ j: () => step(1), k: () => step(-1) });
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = sections
    .map((section) => ({ ...section, entries: section.entries.filter((entry) => holds(entry, words)) }))
    .filter(({ entries }) => entries.length > 0);
  const count = shown.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <>
      <FilterField label="Filter findings, claims and keys" value={query} onValueChange={(q) => void setQuery(q)} />
      <div className="mt-2 flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <nav aria-label="On this page" className="flex flex-wrap gap-x-4 text-sm">
          {shown.map(({ id, title, entries }) => (
            <a
              key={id}
              href={`#${id}`}
              className="inline-flex min-h-6 items-center gap-1.5 rounded-sm text-ink-2 hover:text-ink hover:underline"
            >
              {title} <span className="text-ink-3 tabular-nums">{entries.length}</span>
            </a>
          ))}
        </nav>
        <p role="status" className="text-sm text-ink-2 tabular-nums">
          {count} {count === 1 ? "page" : "pages"}
        </p>
      </div>
      <div ref={list}>
        {shown.map((section) => (
          <Section key={section.id} section={section} />
        ))}
      </div>
      {count === 0 ? (
        <EmptyState title={`Nothing here holds “${query}”`}>
          Findings are found by their title and id, claims and keys by their name and by what they mean.
        </EmptyState>
      ) : null}
    </>
  );
}

function Section({ section: { id, title, entries } }: { section: DocsSection }) {
  return (
    <section aria-labelledby={id} className="mt-5 first:mt-3">
      <h2 id={id} className="mb-1 scroll-mt-4 text-lg font-semibold">
        {title}
      </h2>
      <ul className="border-b border-line">
        {entries.map((entry) => (
          <li key={entry.href} className="border-t border-line">
            <Line entry={entry} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ entry: { href, title, isCode, about, severity, note } }: { entry: DocsEntry }) {
  return (
    <Link
      href={href}
      data-entry
      prefetch={false}
      className={cn(
        "grid min-h-[34px] items-center gap-x-4 px-1.5 py-1.5 -outline-offset-2 hover:bg-sunk pointer-coarse:min-h-10",
        severity
          ? "grid-cols-[76px_minmax(0,1fr)] wide:grid-cols-[76px_264px_minmax(0,1fr)_auto]"
          : "wide:grid-cols-[264px_minmax(0,1fr)_auto]",
      )}
    >
      {severity ? <Grade grade={severity} /> : null}
      <span className={isCode ? "font-mono text-[12px] [overflow-wrap:anywhere]" : "font-medium"}>{title}</span>
      <span className={cn("min-w-0 text-ink-2 wide:truncate", severity && "col-start-2 wide:col-start-auto")}>
        {about}
      </span>
      {note ? (
        <span
          className={cn(
            "text-sm text-ink-3",
            severity && "col-start-2 font-mono text-[12px] wide:col-start-auto max-wide:hidden",
          )}
        >
          {note}
        </span>
      ) : null}
    </Link>
  );
}

function holds({ title, about, note, severity }: DocsEntry, words: readonly string[]): boolean {
  const text = `${title} ${about} ${note} ${severity ?? ""}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
