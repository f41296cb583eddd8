"use client";

import { useSearchParams } from "next/navigation";

/** The open tab, kept in the address as `?tab=`; one that the page does not have is the first. */
export function useTabInAddress<Id extends string>(ids: readonly Id[], first: Id): [tab: Id, open: (tab: Id) => void] {
  const asked = useSearchParams().get("tab");
  const open = (tab: Id): void => {
    const address = new URL(window.location.href);
    if (tab === first) address.searchParams.delete("tab");
    else address.searchParams.set("tab", tab);
    // Next takes the state of its own pages along, and tells who reads the address.
    window.history.replaceState(null, "", address);
  };
  return [ids.find((id) => id === asked) ?? first, open];
}
