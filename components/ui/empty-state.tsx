import type { ReactNode } from "react";

/** Nothing to show: one sentence why, and the next thing to do. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mt-2 flex flex-col items-start gap-1 rounded-lg border border-dashed border-line-2 px-5 py-6">
      <p className="font-medium">{title}</p>
      {children ? <div className="max-w-[62ch] text-ink-2">{children}</div> : null}
      {action ? <div className="mt-2.5 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
