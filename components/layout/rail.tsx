"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useQuery } from "@tanstack/react-query";
import { Cloud, House, Inbox, KeyRound, Package, ScrollText, type LucideIcon } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { api } from "@/lib/api/client";
import type { SignedInPerson } from "@/lib/identity/model";
import { paths } from "@/lib/paths";
import { Logo } from "./logo";
import { PersonMenu } from "./person-menu";

interface Place {
  href: string;
  label: string;
  icon: LucideIcon;
  count?: "projects" | "requests" | "roles" | "accounts";
}

const places: readonly Place[] = [
  { href: paths.home(), label: "Home", icon: House },
  { href: paths.projects(), label: "Projects", icon: Package, count: "projects" },
  { href: paths.requests(), label: "Requests", icon: Inbox, count: "requests" },
  { href: paths.roles(), label: "Roles", icon: KeyRound, count: "roles" },
  { href: paths.audit(), label: "Audit", icon: ScrollText },
  { href: paths.accounts(), label: "Accounts", icon: Cloud, count: "accounts" },
];

/** The main navigation: a rail at the left, up to 900 px a bar of icons at the top. */
export function Rail({ person }: { person: SignedInPerson }) {
  const pathname = usePathname();
  const counts = useQuery(api.identity.counts.queryOptions());
  return (
    <nav
      aria-label="Main"
      className="flex items-center gap-0.5 border-b border-line bg-sunk px-3 py-1.5 wide:sticky wide:top-0 wide:h-dvh wide:flex-col wide:items-stretch wide:overflow-y-auto wide:border-r wide:border-b-0 wide:px-2.5 wide:py-3.5"
    >
      <Link href={paths.home()} className="flex items-center gap-2 rounded-md p-1.5 text-[14.5px] font-semibold tracking-[-0.01em] max-wide:mr-1 wide:mb-3 wide:px-2 wide:py-0.5">
        <Logo />
        <span className="max-sm:sr-only">Trustdesk</span>
      </Link>
      <ul className="flex gap-0.5 wide:flex-col">
        {places.map((place) => (
          <li key={place.href}>
            <RailLink place={place} current={pathname === place.href || (place.href !== paths.home() && pathname.startsWith(`${place.href}/`))} count={place.count ? counts.data?.[place.count] : undefined} />
          </li>
        ))}
      </ul>
      <div className="ml-auto wide:mt-auto wide:ml-0">
        <PersonMenu person={person} />
      </div>
    </nav>
  );
}

function RailLink({ place, current, count }: { place: Place; current: boolean; count: number | undefined }) {
  const Icon = place.icon;
  return (
    <Link
      href={place.href}
      aria-current={current ? "page" : undefined}
      className={cn(
        "flex min-h-[30px] items-center gap-2 rounded-md text-ink-2 hover:text-ink max-wide:size-9 max-wide:justify-center wide:px-2 pointer-coarse:max-wide:size-10",
        current && "bg-pane font-medium text-ink shadow-[0_0_0_1px_var(--color-line)]",
      )}
    >
      <Icon aria-hidden />
      <span className="max-wide:sr-only">{place.label}</span>
      {count === undefined ? null : <span className="ml-auto text-xs font-normal text-ink-3 tabular-nums max-wide:hidden">{count.toLocaleString("en")}</span>}
    </Link>
  );
}
