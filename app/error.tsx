"use client";

import { ErrorState } from "@/components/ui/error-state";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto max-w-[640px] px-5 pt-[16vh]">
      <ErrorState title="This page could not be made" id={error.digest} onRetry={reset}>
        The fault is on Trustdesk&apos;s side. Nothing was changed in AWS or GitLab. Try again; if it stays, show the id to whoever runs Trustdesk here.
      </ErrorState>
    </main>
  );
}
