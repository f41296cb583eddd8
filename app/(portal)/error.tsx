"use client";

import { ErrorState } from "@/components/ui/error-state";

export default function PortalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <ErrorState title="This page could not be made" id={error.digest} onRetry={reset}>
      The fault is on Trustdesk&apos;s side. Try again; if it stays, show the id to whoever runs Trustdesk here.
    </ErrorState>
  );
}
