"use client";

import { type ReactNode, useState } from "react";
import { Button } from "./button";

const lot = 200;
/** A fold that would hide fewer rows than this takes more room than they do. */
const worthFolding = 3;

/** How many rows of a long list to show, `first` ones to begin with, and the button that shows more in lots or folds it again. */
export function useFold(count: number, first: number): { shown: number; fold: ReactNode } {
  const [asked, setAsked] = useState(first);
  if (count < first + worthFolding) return { shown: count, fold: null };
  const rest = count - asked;
  const more =
    rest > lot ? `Show ${lot} more of ${count.toLocaleString("en")}` : `Show all ${count.toLocaleString("en")}`;
  const fold = (
    <Button
      variant="ghost"
      size="small"
      aria-expanded={asked > first}
      onClick={() => setAsked(rest > 0 ? asked + lot : first)}
    >
      {rest > 0 ? more : "Show fewer"}
    </Button>
  );
  return { shown: Math.min(asked, count), fold };
}
