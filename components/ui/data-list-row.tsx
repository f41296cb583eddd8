"use client";

import Link from "next/link";
import type { MouseEvent, ReactNode } from "react";
import { cn } from "./class-names";
import type { Column } from "./data-list-column";

export interface DataListRowProps<Item> {
  index: number;
  columns: readonly Column<Item>[];
  item: Item;
  href: string | undefined;
  label: string;
  actions: ReactNode;
  below: ReactNode;
  onOpen: (() => void) | undefined;
  onFocus: () => void;
}

// What lies above the stretched link, e.g. a time with its exact value on hover, passes its click on.
function passOn(event: MouseEvent<HTMLElement>) {
  if (event.target instanceof Element && event.target.closest("a, button")) return;
  event.currentTarget.querySelector<HTMLElement>("[data-row]")?.click();
}

// Lies over the whole row, under its buttons: a click anywhere on the row is a click on it.
const stretched = "absolute inset-0 rounded-sm -outline-offset-2";

/** One record of a DataList: the row is a link (or opens itself), its actions stand at the right. */
export function DataListRow<Item>({
  index,
  columns,
  item,
  href,
  label,
  actions,
  below,
  onOpen,
  onFocus,
}: DataListRowProps<Item>) {
  return (
    <div className="border-b border-line" onFocus={onFocus}>
      <div
        role="row"
        aria-rowindex={index + 2}
        onClick={passOn}
        className="group data-grid relative min-h-[33px] py-1 hover:bg-accent-soft has-[>div>[data-row]:focus-visible]:bg-accent-soft"
      >
        {columns.map((column, position) => (
          <div
            key={column.id}
            role="cell"
            className={cn(
              "min-w-0",
              column.align === "end" && "text-right tabular-nums",
              column.wideOnly && "max-wide:hidden",
            )}
          >
            {position === 0 && href ? (
              <Link href={href} prefetch={false} data-row={index} aria-label={label} className={stretched} />
            ) : null}
            {position === 0 && !href && onOpen ? (
              <button
                type="button"
                data-row={index}
                aria-label={label}
                aria-expanded={Boolean(below)}
                onClick={onOpen}
                className={stretched}
              />
            ) : null}
            {column.cell(item)}
          </div>
        ))}
        {actions ? (
          <div
            role="cell"
            className="relative z-1 -my-1 flex justify-end gap-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
          >
            {actions}
          </div>
        ) : null}
      </div>
      {below ? (
        <div role="row">
          <div role="cell" aria-colspan={columns.length}>
            {below}
          </div>
        </div>
      ) : null}
    </div>
  );
}
