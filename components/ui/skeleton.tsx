import { cn } from "./class-names";

/** A grey stand-in with the shape of what comes; give it a width and a height. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block base:h-3 base:rounded-sm bg-line", className)} />;
}

const widths = ["w-2/5", "w-1/3", "w-1/2", "w-2/6", "w-3/5"];

/** Rows of a list that is on its way. */
export function SkeletonRows({ rows = 12, label = "Loading" }: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="border-t border-line">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-[34px] items-center gap-6 border-b border-line px-2.5">
          <span className="flex-1">
            <Skeleton className={widths[row % widths.length]} />
          </span>
          <Skeleton className="w-16" />
          <Skeleton className="w-20 max-sm:hidden" />
        </div>
      ))}
    </div>
  );
}
