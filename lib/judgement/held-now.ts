import type { RoleDocument, RoleState } from "@/lib/plan/change";
import type { Difference } from "@/lib/plan/drift";
import type { LiveState } from "@/lib/plan/live-state";
import { isOnlyProvider } from "@/lib/plan/only-provider";

/** A recorded role as it was last compared with AWS. */
export interface ComparedState {
  /** ISO time, or null for a role that is there. */
  removedAt: string | null;
  liveState: LiveState;
  /** As AWS held it then. */
  live: RoleState | null;
  /** Null where AWS agrees, or was not asked. */
  drift: readonly Difference[] | null;
}

/** What a role is now: as recorded where AWS holds just that or was not asked, as AWS holds it where it differs, or nothing. */
export type HeldNow = { of: "record" | "aws"; document: RoleDocument | RoleState } | { of: "nothing"; because: string };

/** By the last comparison with AWS. */
export function heldNow({ removedAt, liveState, live, drift }: ComparedState, recorded: RoleDocument): HeldNow {
  if (removedAt) return { of: "nothing", because: "the role is removed" };
  if (liveState === "gone") return { of: "nothing", because: "AWS holds the role no more" };
  const differs = liveState === "drifted" && live && !isOnlyProvider(drift ?? []);
  return differs ? { of: "aws", document: live } : { of: "record", document: recorded };
}
