"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryError } from "@/components/layout/query-error";
import { RecordSection } from "@/components/layout/record-section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { ownRequest, RequestLines } from "./request-lines";

/** What the person asked for lately, whatever became of it. */
export function OwnRequests() {
  const own = useQuery(api.requests.list.queryOptions({ input: { mine: true, limit: 5 } }));
  return (
    <RecordSection title="Asked by you">
      {own.data ? (
        <RequestLines
          rows={own.data.rows}
          sentence={ownRequest}
          empty="No request of yours in the projects that you see: their Maintainers ask for a role on the project's page."
        />
      ) : null}
      {own.isPending ? <SkeletonRows rows={3} label="Loading your requests" /> : null}
      {own.isError && !own.data ? (
        <QueryError what="Your requests" error={own.error} onRetry={() => void own.refetch()} />
      ) : null}
    </RecordSection>
  );
}
