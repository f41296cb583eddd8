"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { NonceProvider } from "@/components/ui/nonce";
import { NowProvider } from "@/components/ui/relative-time";
import { Toaster } from "@/components/ui/toast";
import { usePopupsOnHands } from "@/components/ui/use-popup";
import type { RefusalCode } from "@/lib/api/client";
import { refusalOf } from "@/lib/api/client";
import type { Theme } from "./preferences";
import { PreferencesProvider } from "./preferences-provider";

export interface ProvidersProps {
  nonce: string | undefined;
  /** The server's time when it rendered, ISO 8601. */
  now: string;
  preferences: { theme: Theme; singleKeys: boolean };
  children: ReactNode;
}

/** Asked again at once they are answered the same. */
const answersThatStay: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  "not-signed-in",
  "forbidden",
  "not-found",
  "conflict",
  "bad-input",
  "too-many",
]);

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && !answersThatStay.has(refusalOf(error).code),
      },
    },
  });
}

/** Everything the client components of every page stand on. */
export function Providers({ nonce, now, preferences, children }: ProvidersProps) {
  const [queryClient] = useState(newQueryClient);
  usePopupsOnHands();
  return (
    <NonceProvider nonce={nonce}>
      <QueryClientProvider client={queryClient}>
        <PreferencesProvider initial={preferences}>
          <NowProvider now={now}>
            {children}
            <Toaster />
          </NowProvider>
        </PreferencesProvider>
      </QueryClientProvider>
    </NonceProvider>
  );
}
