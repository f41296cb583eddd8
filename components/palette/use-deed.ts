"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { endSession } from "@/components/layout/end-session";
import { usePreferences } from "@/components/layout/preferences-provider";
import { api } from "@/lib/api/client";
import { paths } from "@/lib/paths";
import type { Deed } from "./actions";

/** Closes the palette and does what was chosen. */
export function useDeed(onClose: () => void, onShowShortcuts: () => void): (deed: Deed) => void {
  const router = useRouter();
  const queryClient = useQueryClient();
  const { theme, setTheme } = usePreferences();
  return (deed) => {
    onClose();
    switch (deed.kind) {
      case "go":
        return router.push(deed.href);
      case "verify-audit":
        // The audit's page shows how it goes: both look at the same query.
        void queryClient.prefetchQuery({ ...api.audit.verify.queryOptions(), staleTime: 0 });
        return router.push(paths.audit());
      case "toggle-theme": {
        const dark = theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
        return setTheme(dark ? "light" : "dark");
      }
      case "show-shortcuts":
        return onShowShortcuts();
      case "sign-out":
        return endSession();
    }
  };
}
