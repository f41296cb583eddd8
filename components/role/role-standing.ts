import type { LiveState } from "@/lib/plan/live-state";
import { liveStates } from "@/lib/plan/live-state";

/** How a role stands: to AWS, or removed by Trustdesk. */
export const roleStandings = [...liveStates, "removed"] as const;
export type RoleStanding = (typeof roleStandings)[number];

/** A standing in words. */
export const standingWord: Record<RoleStanding, string> = {
  same: "as recorded",
  drifted: "differs",
  gone: "gone",
  unknown: "not compared",
  removed: "removed here",
};

/** What the API is asked for a standing. Removed roles are kept for the record and listed only when asked for. */
export function standingFilter(standing: RoleStanding | null): { live?: LiveState; removed?: boolean } {
  if (standing === "removed") return { removed: true };
  return standing === null ? {} : { live: standing };
}
