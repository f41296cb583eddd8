"use client";

import { useQuery } from "@tanstack/react-query";
import { RecordSection } from "@/components/layout/record-section";
import { api } from "@/lib/api/client";
import { RequestLines } from "./request-lines";

/** What could not be applied lately, for those who mend it; nothing where nothing failed. */
export function FailedRequests() {
  const failed = useQuery(api.requests.list.queryOptions({ input: { state: "failed", limit: 5 } }));
  if (!failed.data || failed.data.rows.length === 0) return null;
  return (
    <RecordSection title="Failed lately">
      <RequestLines rows={failed.data.rows} empty="" />
    </RecordSection>
  );
}
