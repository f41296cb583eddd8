import type { ReactNode } from "react";

/** One column of a DataList. */
export interface Column<Item> {
  id: string;
  header: ReactNode;
  /** A CSS grid track, e.g. "minmax(0,1fr)" or "120px"; never "auto", since every row is its own grid. */
  width: string;
  /** Numbers go to the end. */
  align?: "start" | "end";
  /** Left out up to 900 px. */
  wideOnly?: boolean;
  cell: (item: Item) => ReactNode;
}
