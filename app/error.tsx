"use client";

import { PageFault } from "@/components/layout/page-fault";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto max-w-[640px] px-5 pt-[16vh]">
      <PageFault error={error} onRetry={reset} />
    </main>
  );
}
