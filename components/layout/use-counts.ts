import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

const whileReading = 2_000;

/** The numbers of the rail; asked again while GitLab is still being read. */
export function useCounts() {
  return useQuery(
    api.identity.counts.queryOptions({
      refetchInterval: ({ state }) => (state.data?.reading === null ? false : whileReading),
    }),
  );
}
