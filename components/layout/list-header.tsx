import type { ReactNode } from "react";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { PageHeader } from "./page-header";

/** The lines above a list: filter field and what adds filters, then chips at the left and count and "as of" at the right. */
export function ListHeader({ filters, chips, count }: { filters: ReactNode; chips?: ReactNode; count: ReactNode }) {
  return (
    <div className="mb-1">
      <div className="flex flex-wrap items-center gap-2">{filters}</div>
      <div className="mt-2 flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <div className="min-w-0">{chips}</div>
        <div role="status" className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2 tabular-nums">
          {count}
        </div>
      </div>
    </div>
  );
}

/** A list page that is on its way, in the shape of what comes. */
export function ListLoading({ title }: { title: string }) {
  return (
    <>
      <PageHeader title={title} />
      <Skeleton className="h-8 w-full rounded-md" />
      <div className="h-11" />
      <SkeletonRows rows={18} label={`Loading ${title.toLowerCase()}`} />
    </>
  );
}
