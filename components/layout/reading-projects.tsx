"use client";

import { useQueryClient } from "@tanstack/react-query";
import { LoaderCircle } from "lucide-react";
import { useEffect, useRef } from "react";
import { useCounts } from "./use-counts";

/** Tells whoever sees the records of their own projects only that GitLab has not told all of those yet; then all lists are read again. */
export function ReadingProjects() {
  const reading = useCounts().data?.reading ?? null;
  const wasReading = useRef(false);
  const queries = useQueryClient();
  useEffect(() => {
    if (wasReading.current && reading === null) void queries.invalidateQueries();
    wasReading.current = reading !== null;
  }, [reading, queries]);
  if (reading === null) return null;
  return (
    <p
      role="status"
      className="mb-3 flex items-center gap-2 rounded-lg border border-line bg-sunk px-3 py-1.5 text-sm text-ink-2"
    >
      <LoaderCircle aria-hidden className="size-3.5 shrink-0 motion-safe:animate-spin" />
      GitLab is telling which projects are yours, {reading.toLocaleString("en")} so far. Until then lists may lack some.
    </p>
  );
}
