/**
 * Whether GitLab's version is `least` or later; what follows the numbers, e.g. "-ee" or "-pre", does not count. False
 * for what is no version.
 * @param version as `/metadata` answers it, e.g. "19.4.1-ee"
 * @param least e.g. "18.2.2"
 */
export function isAtLeast(version: string, least: string): boolean {
  const have = numbersOf(version);
  const need = numbersOf(least);
  if (!have || !need) return false;
  const differs = need.findIndex((number, index) => number !== have[index]);
  return differs === -1 || (have[differs] ?? 0) > (need[differs] ?? 0);
}

/** Major, minor and patch; null for what is no version. */
export function numbersOf(version: string): number[] | null {
  const parts = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  return parts && parts.slice(1).map(Number);
}
