"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { PaletteButton } from "@/components/palette/palette-button";
import { cn } from "@/components/ui/class-names";
import { api } from "@/lib/api/client";
import type { SignedInPerson } from "@/lib/identity/model";
import { paths } from "@/lib/paths";
import { Logo } from "./logo";
import { PersonMenu } from "./person-menu";
import { type Place, places } from "./places";
import { useCounts } from "./use-counts";

const newsMilliseconds = 60_000;

/** What stays until the person has looked at it. */
interface Waiting {
  count: number;
  words: string;
}

/** The main navigation: a rail at the left, up to 900 px a bar of icons at the top. */
export function Rail({ person }: { person: SignedInPerson }) {
  const pathname = usePathname();
  const counts = useCounts();
  const news = useQuery(api.requests.news.queryOptions({ refetchInterval: newsMilliseconds }));
  const waiting: Partial<Record<string, Waiting>> = news.data
    ? {
        [paths.home()]: { count: news.data.news.length, words: "new about your requests" },
        [paths.requests()]: { count: news.data.toDecideCount, words: "to decide" },
      }
    : {};
  return (
    <nav
      aria-label="Main"
      className="flex items-center gap-0.5 border-b border-line bg-sunk px-3 py-1.5 wide:sticky wide:top-0 wide:h-dvh wide:flex-col wide:items-stretch wide:overflow-y-auto wide:border-r wide:border-b-0 wide:px-2.5 wide:py-3.5"
    >
      <Link
        href={paths.home()}
        className="flex items-center gap-2 rounded-md p-1.5 text-[14.5px] font-semibold tracking-[-0.01em] max-[420px]:hidden max-wide:mr-1 wide:mb-3 wide:px-2 wide:py-0.5"
      >
        <Logo />
        <span className="max-sm:sr-only">Trustdesk</span>
      </Link>
      <PaletteButton />
      <ul className="flex gap-0.5 wide:flex-col">
        {places.map((place) => (
          <li key={place.href}>
            <RailLink
              place={place}
              current={
                pathname === place.href || (place.href !== paths.home() && pathname.startsWith(`${place.href}/`))
              }
              count={place.count ? counts.data?.[place.count] : undefined}
              waiting={waiting[place.href]}
            />
          </li>
        ))}
      </ul>
      <div className="ml-auto wide:mt-auto wide:ml-0">
        <PersonMenu person={person} />
      </div>
    </nav>
  );
}

function RailLink({
  place,
  current,
  count,
  waiting,
}: {
  place: Place;
  current: boolean;
  count: number | undefined;
  waiting: Waiting | undefined;
}) {
  const Icon = place.icon;
  return (
    <Link
      href={place.href}
      aria-current={current ? "page" : undefined}
      className={cn(
        "relative flex min-h-[30px] items-center gap-2 rounded-md base:text-ink-2 hover:text-ink max-wide:size-9 max-wide:justify-center wide:px-2 pointer-coarse:max-wide:size-10",
        current && "bg-pane font-medium text-ink shadow-[0_0_0_1px_var(--color-line)]",
      )}
    >
      <Icon aria-hidden />
      <span className="max-wide:sr-only">{place.label}</span>
      {waiting?.count ? (
        <span className="rounded-full bg-accent px-1.5 text-[11px] leading-4 font-medium text-on-accent tabular-nums max-wide:absolute max-wide:top-0 max-wide:right-0 max-wide:px-1">
          {waiting.count.toLocaleString("en")}
          <span className="sr-only"> {waiting.words}</span>
        </span>
      ) : null}
      {count === undefined || count === waiting?.count ? null : (
        <span className="ml-auto text-xs font-normal text-ink-3 tabular-nums max-wide:hidden">
          {count.toLocaleString("en")}
        </span>
      )}
    </Link>
  );
}
