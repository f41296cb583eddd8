"use client";

import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { cn } from "./class-names";
import type { Column } from "./data-list-column";
import { DataListRow } from "./data-list-row";
import { keepPlace, placeLeft } from "./list-place";
import { useSingleKeys } from "./single-keys";

export interface DataListProps<Item> {
  /** Names the list to a screen reader. */
  label: string;
  items: readonly Item[];
  columns: readonly Column<Item>[];
  itemKey: (item: Item) => string;
  /** Where a row leads. Without it rows are not links. */
  href?: (item: Item) => string;
  /** The row's name to a screen reader; must begin with what the first column shows. */
  rowLabel: (item: Item) => string;
  /** Buttons at the right, on hover and focus. */
  actions?: (item: Item) => ReactNode;
  /** Their width as a CSS grid track: fixed, since every row is its own grid. One button by default. */
  actionsWidth?: string;
  /** Folded out under the row. */
  below?: (item: Item) => ReactNode;
  /** Enter on a row without `href`. */
  onOpen?: (item: Item) => void;
  /** Called when the end comes into sight. */
  onEnd?: () => void;
  /** Rows in all, when more exist than are loaded. */
  total?: number;
}

const rowHeight = 34;

/**
 * A list of records: sticky header, only the rows in sight are in the page, `j` and `k` walk, Enter opens.
 * Thousands of rows are fine.
 */
export function DataList<Item>(props: DataListProps<Item>) {
  const {
    label,
    items,
    columns,
    itemKey,
    href,
    rowLabel,
    actions,
    actionsWidth = "28px",
    below,
    onOpen,
    total,
  } = props;
  const { body, virtualizer, offset, enter } = useRows(props);
  const tracks = {
    "--tracks": trackList(columns, actions && actionsWidth),
    "--tracks-narrow": trackList(
      columns.filter((column) => !column.wideOnly),
      actions && actionsWidth,
    ),
  } as CSSProperties;
  return (
    <div role="table" aria-label={label} aria-rowcount={(total ?? items.length) + 1} style={tracks}>
      <HeaderRow columns={columns} withActions={actions !== undefined} />
      <div ref={body} role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          return (
            <div
              key={row.key}
              role="presentation"
              data-index={row.index}
              ref={virtualizer.measureElement}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${row.start - offset}px)` }}
            >
              <DataListRow
                index={row.index}
                columns={columns}
                item={item}
                href={href?.(item)}
                label={rowLabel(item)}
                actions={actions?.(item)}
                below={below?.(item)}
                onOpen={onOpen ? () => onOpen(item) : undefined}
                onFocus={() => {
                  enter(row.index);
                  keepPlace(itemKey(item));
                }}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function HeaderRow<Item>({ columns, withActions }: { columns: readonly Column<Item>[]; withActions: boolean }) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 bg-bg">
      <div role="row" aria-rowindex={1} className="data-grid h-8 border-b border-line-2 text-xs font-medium text-ink-3">
        {columns.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            className={cn("truncate", column.align === "end" && "text-right", column.wideOnly && "max-wide:hidden")}
          >
            {column.header}
          </div>
        ))}
        {withActions ? (
          <div role="columnheader">
            <span className="sr-only">Actions</span>
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** The rows in sight, and the one that the keyboard is on: it stays in the page when it is scrolled away. */
function useRows<Item>({ items, itemKey, onEnd }: Pick<DataListProps<Item>, "items" | "itemKey" | "onEnd">) {
  const body = useRef<HTMLDivElement>(null);
  const offset = useOffset(body);
  const [active, setActive] = useState(-1);
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: offset,
    scrollPaddingStart: rowHeight + 8,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : itemKey(item);
    },
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return active < 0 || active >= items.length || shown.includes(active)
        ? shown
        : [...shown, active].sort((a, b) => a - b);
    },
  });
  const goTo = (index: number) => {
    setActive(index);
    virtualizer.scrollToIndex(index, { align: "auto" });
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true }),
    );
  };
  usePlace(() => items.findIndex((item) => itemKey(item) === placeLeft()), goTo);

  const last = virtualizer.getVirtualItems().at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= 0 && last >= items.length - 10) onEnd?.();
  }, [last, items.length, onEnd]);

  const walk = (step: number) => {
    if (items.length > 0) goTo(Math.min(items.length - 1, Math.max(0, active + step)));
  };
  useSingleKeys({ j: () => walk(1), k: () => walk(-1) });
  return { body, virtualizer, offset, enter: setActive };
}

/** How far below the top of the document the rows begin, in pixels. */
function useOffset(body: RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setOffset(body.current ? body.current.getBoundingClientRect().top + window.scrollY : 0);
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, [body]);
  return offset;
}

/** Keeps the place in the list, and takes whoever comes back to the row that they left, unless they already are elsewhere on the page. */
function usePlace(indexLeft: () => number, onReturn: (index: number) => void): void {
  const returned = useRef(false);
  useEffect(() => {
    const index = returned.current ? -1 : indexLeft();
    returned.current = true;
    if (index >= 0 && document.activeElement === document.body) onReturn(index);
    keepPlace(null);
  });
}

function trackList(columns: readonly Pick<Column<never>, "width">[], last: string | undefined): string {
  return [...columns.map((column) => column.width), last].filter(Boolean).join(" ");
}
