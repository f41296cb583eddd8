import { Inbox, KeyRound, type LucideIcon, Package } from "lucide-react";
import type { RecentRecord } from "./recent";

/** The icon of a kind of record, as in the main navigation. */
export const recordIcon: Record<RecentRecord["kind"], LucideIcon> = {
  project: Package,
  role: KeyRound,
  request: Inbox,
};
