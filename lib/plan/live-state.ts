/** How AWS stood to the recorded version when it was last compared. */
export const liveStates = ["unknown", "same", "drifted", "gone"] as const;
export type LiveState = (typeof liveStates)[number];

/** Whether what was recorded, and its grade with it, is not what AWS holds. */
export function differsFromRecord(state: LiveState): boolean {
  return state === "drifted" || state === "gone";
}
