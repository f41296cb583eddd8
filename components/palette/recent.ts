const recordKinds = ["project", "role", "request"] as const;

/** A record that the person looked at. */
export interface RecentRecord {
  kind: (typeof recordKinds)[number];
  /** A path of ours. */
  href: string;
  label: string;
  note: string;
}

const atMost = 6;

/** The records with one more, newest first and each once. */
export function withRecent(records: readonly RecentRecord[], record: RecentRecord): RecentRecord[] {
  return [record, ...records.filter(({ href }) => href !== record.href)].slice(0, atMost);
}

/** What a browser kept; nothing when it is not ours. */
export function parseRecent(text: string | null): RecentRecord[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) && kept.every(isRecent) ? kept : [];
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

function isRecent(value: unknown): value is RecentRecord {
  if (typeof value !== "object" || value === null) return false;
  const { kind, href, label, note } = value as Partial<Record<keyof RecentRecord, unknown>>;
  return (
    recordKinds.some((known) => known === kind) &&
    typeof href === "string" &&
    href.startsWith("/") &&
    typeof label === "string" &&
    typeof note === "string"
  );
}

function keyOf(personId: string): string {
  return `trustdesk-recent:${personId}`;
}
