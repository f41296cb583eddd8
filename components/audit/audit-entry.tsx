"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { DiffView } from "@/components/ui/diff-view";
import type { AuditEntryView } from "@/lib/audit-log/contract";
import { paths } from "@/lib/paths";
import { documentDiff } from "@/lib/plan/describe";

const linkLook = "inline-block min-h-6 text-accent hover:underline";

/** What lies under an entry: before and after as a diff, what it belongs to, and its place in the chain. */
export function AuditEntryDetail({ entry }: { entry: AuditEntryView }) {
  const changed = (entry.before ?? null) !== null || (entry.after ?? null) !== null;
  const link = paths.audit({ seq: String(entry.seq) });
  return (
    <div className="space-y-3 bg-sunk px-2.5 py-3">
      {changed ? (
        <DiffView
          label="Before and after"
          lines={documentDiff(entry.before ?? null, entry.after ?? null)}
          className="max-h-[420px] overflow-auto"
        />
      ) : (
        <p className="text-ink-2">This entry changed no document.</p>
      )}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 text-sm leading-6">
        <Fact name="Time">
          <code className="font-mono">{entry.at}</code>
        </Fact>
        {entry.projectId === null ? null : (
          <Fact name="Project">
            <Link href={paths.project(entry.projectId)} className={linkLook}>
              {entry.projectPath ?? entry.projectId}
            </Link>
          </Fact>
        )}
        {entry.requestId === null ? null : (
          <Fact name="Request">
            <Link href={paths.request(entry.requestId)} className={linkLook}>
              Show the request
            </Link>
          </Fact>
        )}
        <Fact name="Hash">
          <code className="font-mono">{entry.hash}</code>
        </Fact>
        <Fact name="Follows">
          <code className="font-mono">{entry.prevHash}</code>
        </Fact>
        <Fact name="Permalink">
          <span className="inline-flex items-center gap-1">
            <Link href={link} className={linkLook}>
              #{entry.seq}
            </Link>
            <CopyButton
              text={typeof window === "undefined" ? link : window.location.origin + link}
              label={`Copy the address of entry ${entry.seq}`}
            />
          </span>
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
