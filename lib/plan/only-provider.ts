import type { Difference } from "./drift";

/** Whether only the account's provider is in the way: the role itself is as recorded. */
export function isOnlyProvider(differences: readonly Pick<Difference, "what">[]): boolean {
  return differences.length > 0 && differences.every(({ what }) => what === "provider");
}
