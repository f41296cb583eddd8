"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDebounced } from "@/components/ui/debounced";
import { api, type client } from "@/lib/api/client";

export type Found = Awaited<ReturnType<typeof client.search.find>>;

const settledMilliseconds = 150;
/** One letter finds everything. */
const fewestLetters = 2;

/** What the server finds for the words once they stand still; the answer before stays until the next is there. */
export function useFound(query: string): {
  found: Found | null;
  error: Error | null;
  retry: () => void;
  searching: boolean;
} {
  const settled = useDebounced(query, settledMilliseconds);
  const wanted = query.length >= fewestLetters;
  const search = useQuery({
    ...api.search.find.queryOptions({ input: { query: settled } }),
    enabled: wanted && settled.length >= fewestLetters,
    placeholderData: keepPreviousData,
  });
  if (!wanted) return { found: null, error: null, retry: () => undefined, searching: false };
  return {
    found: search.data ?? null,
    error: search.isError ? search.error : null,
    retry: () => void search.refetch(),
    searching: settled !== query || search.isFetching,
  };
}
