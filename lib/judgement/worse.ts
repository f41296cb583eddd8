import type { Finding } from "@/lib/findings/finding";

const weight: Record<Finding["severity"], number> = { caution: 1, danger: 2 };

/**
 * The findings that were not known when it was decided, or weigh more now: what nobody has decided on. Fewer or
 * lighter ones are no news; nor is what was found of refs, where it was decided without seeing them.
 */
export function worseThan(decided: readonly Finding[], now: readonly Finding[]): Finding[] {
  const known = new Map(decided.map(({ id, severity }) => [id, weight[severity]]));
  const isKnown = ({ id, severity }: Finding) => (known.get(id) ?? 0) >= weight[severity];
  return now.filter((finding) => !isKnown(finding) && !(finding.id === "unprotected-ref" && known.has("unseen-refs")));
}
