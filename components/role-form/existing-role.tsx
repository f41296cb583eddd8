"use client";

import { PolicyDocumentView } from "@/components/plan/policy-document";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RoleState } from "@/lib/plan/change";

/** "Show it": what AWS holds under the name that is taken. */
export function ExistingRole({ role }: { role: RoleState }) {
  const policies = [...Object.keys(role.inlinePolicies), ...role.attachedPolicies];
  return (
    <details className="rounded-md border border-line-2 bg-pane sm:col-span-2">
      <summary className="cursor-pointer px-3 py-1.5 font-medium">Show it: {role.name}</summary>
      <div className="space-y-2 border-t border-line px-3 py-2.5 text-sm">
        <p className="break-all font-mono">{role.arn}</p>
        <p className="text-ink-2">
          Made <RelativeTime at={role.createdAt} />,{" "}
          {role.lastUsedAt ? (
            <>
              last used <RelativeTime at={role.lastUsedAt} />
            </>
          ) : (
            "not used in the last 400 days"
          )}
          . Policies: {policies.length > 0 ? policies.join(", ") : "none"}.
        </p>
        <PolicyDocumentView document={role.trustPolicy} label="Its trust policy" />
      </div>
    </details>
  );
}
