import { places } from "@/components/layout/places";
import { shortcut } from "@/components/layout/shortcuts";
import { mayReadWholeAudit } from "@/lib/audit-log/access";
import type { PortalRole } from "@/lib/identity/model";
import { paths } from "@/lib/paths";

export type Deed =
  | { kind: "go"; href: string }
  | { kind: "verify-audit" }
  | { kind: "toggle-theme" }
  | { kind: "show-shortcuts" }
  | { kind: "sign-out" };

export interface Action {
  label: string;
  deed: Deed;
  /** Other words that people type for it. */
  words?: string;
  /** Its shortcut, as in components/layout/shortcuts. */
  keys?: string;
}

/** What the person may do from anywhere; `newRoleFor` is the project of the page, where the person may ask for a role of it. */
export function actionsFor(
  person: { role: PortalRole },
  newRoleFor: { projectId: number; path: string } | null,
): Action[] {
  return [
    ...(newRoleFor
      ? [
          {
            label: `New role for ${newRoleFor.path}`,
            deed: { kind: "go" as const, href: paths.newRole(newRoleFor.projectId) },
            words: "create request",
          },
        ]
      : []),
    ...(person.role === "platform-engineer"
      ? [
          {
            label: "Requests to decide",
            deed: { kind: "go" as const, href: paths.requestsToDecide() },
            words: "approve reject pending waiting",
          },
        ]
      : []),
    ...places.map(({ href, label, keys }): Action => ({ label: `Go to ${label}`, deed: { kind: "go", href }, keys })),
    {
      label: "Go to Docs",
      deed: { kind: "go", href: paths.docs() },
      words: "reference help findings claims condition keys",
    },
    { label: "Go to Settings", deed: { kind: "go", href: paths.settings() }, words: "preferences theme keyboard" },
    ...(mayReadWholeAudit(person).ok
      ? [{ label: "Verify the audit chain", deed: { kind: "verify-audit" as const }, words: "hash integrity" }]
      : []),
    { label: "Toggle theme", deed: { kind: "toggle-theme" }, words: "dark light mode" },
    {
      label: "Show shortcuts",
      deed: { kind: "show-shortcuts" },
      words: "keyboard keys help",
      keys: shortcut.help.keys,
    },
    { label: "Sign out", deed: { kind: "sign-out" }, words: "log out leave" },
  ];
}

/** The actions of which each word of the query begins a word. */
export function matchingActions(actions: readonly Action[], query: string): readonly Action[] {
  const sought = wordsOf(query);
  return actions.filter(({ label, words = "" }) => {
    const own = wordsOf(`${label} ${words}`);
    return sought.every((word) => own.some((one) => one.startsWith(word)));
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}
