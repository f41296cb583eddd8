"use client";

import { BookOpen, ChevronsUpDown, LogOut, Settings } from "lucide-react";
import Link from "next/link";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from "@/components/ui/menu";
import { portalRoleName, type SignedInPerson } from "@/lib/identity/model";
import { paths } from "@/lib/paths";
import { endSession } from "./end-session";
import { type Theme, themes } from "./preferences";
import { usePreferences } from "./preferences-provider";

const themeName: Record<Theme, string> = { system: "As the system", light: "Light", dark: "Dark" };

/** Who is signed in and as what; theme, settings and sign-out behind it. */
export function PersonMenu({ person }: { person: SignedInPerson }) {
  const { theme, setTheme } = usePreferences();
  return (
    <Menu
      label={`${person.name}, ${portalRoleName[person.role]}`}
      align="start"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2 rounded-md p-1.5 text-left text-sm leading-4 hover:bg-accent-soft pointer-coarse:min-h-10"
        >
          <span
            aria-hidden
            className="grid size-[26px] shrink-0 place-items-center rounded-full bg-accent-soft text-[11px] font-semibold text-accent"
          >
            {initials(person.name)}
          </span>
          <span className="min-w-0 flex-1 max-wide:sr-only">
            <span className="block truncate text-ink-2">{person.name}</span>
            <span className="block truncate text-ink-3">{portalRoleName[person.role]}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-3.5 text-ink-3 max-wide:hidden" />
        </button>
      }
    >
      <MenuLabel>
        {person.name} <span className="font-mono font-normal">@{person.username}</span>
      </MenuLabel>
      <MenuLine />
      <MenuLabel>Theme</MenuLabel>
      {themes.map((choice) => (
        <MenuChoice key={choice} checked={theme === choice} onSelect={() => setTheme(choice)}>
          {themeName[choice]}
        </MenuChoice>
      ))}
      <MenuLine />
      <MenuItem asChild>
        <Link href={paths.docs()}>
          <BookOpen aria-hidden /> Docs
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href={paths.settings()}>
          <Settings aria-hidden /> Settings
        </Link>
      </MenuItem>
      <MenuItem onSelect={endSession}>
        <LogOut aria-hidden /> Sign out
      </MenuItem>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.charAt(0) ?? "")
    .join("")
    .toUpperCase();
}
