import { Cloud, House, Inbox, KeyRound, type LucideIcon, Package, ScrollText } from "lucide-react";
import { paths } from "@/lib/paths";

export interface Place {
  href: string;
  label: string;
  icon: LucideIcon;
  /** The shortcut that leads there. */
  keys: string;
  count?: "projects" | "requests" | "roles" | "accounts";
}

/** Where the main navigation leads, in its order. */
export const places: readonly Place[] = [
  { href: paths.home(), label: "Home", icon: House, keys: "g h" },
  { href: paths.projects(), label: "Projects", icon: Package, keys: "g p", count: "projects" },
  { href: paths.requests(), label: "Requests", icon: Inbox, keys: "g q", count: "requests" },
  { href: paths.roles(), label: "Roles", icon: KeyRound, keys: "g r", count: "roles" },
  { href: paths.audit(), label: "Audit", icon: ScrollText, keys: "g a" },
  { href: paths.accounts(), label: "Accounts", icon: Cloud, keys: "g c", count: "accounts" },
];
