import type { ReactNode } from "react";

/** A part of the form: its head, what it is about, a sentence, and the fields. */
export function FormSection({
  title,
  about,
  hint,
  children,
}: {
  title: string;
  about?: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="mb-5 border-b border-line pb-5 last:border-0">
      <h2 className="mb-0.5 flex flex-wrap items-baseline gap-x-2 text-lg font-semibold">
        {title} {about ? <small className="text-sm font-normal text-ink-3">{about}</small> : null}
      </h2>
      {hint ? <p className="mb-2.5 max-w-[62ch] text-ink-2">{hint}</p> : null}
      {children}
    </section>
  );
}
