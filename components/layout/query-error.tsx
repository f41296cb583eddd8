"use client";

import { ErrorState } from "@/components/ui/error-state";
import { refusalOf } from "@/lib/api/client";

/** What a failed call said, as the page shows it. `what` names what was wanted, e.g. "The projects". */
export function QueryError({ what, error, onRetry }: { what: string; error: unknown; onRetry?: () => void }) {
  const refusal = refusalOf(error);
  return (
    <ErrorState
      title={`${what} could not be read`}
      id={refusal.id}
      onRetry={refusal.code === "not-found" ? undefined : onRetry}
    >
      {refusal.message}
    </ErrorState>
  );
}
