import { type ReactNode, useId } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** A part of a record's page under its own heading; `note` stands at the right of it. */
export function RecordSection({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-6">
      <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        {note ? <div className="text-sm text-ink-2">{note}</div> : null}
      </div>
      {children}
    </section>
  );
}

/** Names and values of a record, one pair a line; the children are RecordFact. */
export function RecordFacts({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[160px_minmax(0,1fr)] gap-x-4 gap-y-1.5 max-sm:grid-cols-1 max-sm:gap-y-0.5">
      {children}
    </dl>
  );
}

/** One pair of RecordFacts; `copy` is what its button puts on the clipboard. */
export function RecordFact({ name, copy, children }: { name: string; copy?: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1 max-sm:mb-1.5">
        <div className="min-w-0 [overflow-wrap:anywhere]">{children}</div>
        {copy ? <CopyButton text={copy} label={`Copy ${name}`} className="-my-1" /> : null}
      </dd>
    </>
  );
}

/** A record's page that is on its way; it has its h1 already. */
export function RecordLoading({ title }: { title: string }) {
  return (
    <>
      <header className="mb-4">
        <h1 className="text-xl font-semibold tracking-[-0.018em] text-ink-2">{title}</h1>
        <Skeleton className="mt-1.5 w-80 max-w-full" />
      </header>
      <SkeletonRows rows={12} label={`Loading ${title.toLowerCase()}`} />
    </>
  );
}
