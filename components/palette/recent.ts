import { z } from "zod";

const recordKinds = ["project", "role", "request"] as const;

const recentSchema = z.array(
  z.object({ kind: z.enum(recordKinds), href: z.string().startsWith("/"), label: z.string(), note: z.string() }),
);
/** A record that the person looked at. */
export type RecentRecord = z.infer<typeof recentSchema>[number];

const atMost = 6;

/** The records with one more, newest first and each once. */
export function withRecent(records: readonly RecentRecord[], record: RecentRecord): RecentRecord[] {
  return [record, ...records.filter(({ href }) => href !== record.href)].slice(0, atMost);
}

/** What a browser kept; nothing when it is not ours. */
export function parseRecent(text: string | null): RecentRecord[] {
  try {
    return recentSchema.parse(JSON.parse(text ?? "[]"));
  } catch {
    return [];
  }
}

/** The person's records of this tab. They go with the tab, so the next person at the machine reads no names of roles. */
export function readRecent(personId: string): RecentRecord[] {
  try {
    return parseRecent(sessionStorage.getItem(keyOf(personId)));
  } catch {
    return [];
  }
}

/** Keeps a record as the newest; a browser that refuses to store forgets it. */
export function rememberRecent(personId: string, record: RecentRecord): void {
  try {
    sessionStorage.setItem(keyOf(personId), JSON.stringify(withRecent(readRecent(personId), record)));
  } catch {
    return;
  }
}

function keyOf(personId: string): string {
  return `trustdesk-recent:${personId}`;
}
