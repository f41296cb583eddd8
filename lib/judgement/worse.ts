import type { Finding } from "@/lib/findings/finding";
import type { Judgement } from "./judgement";

/** What of a judgement is compared. */
type Said = Pick<Judgement, "findings" | "after">;

const weight: Record<Finding["severity"], number> = { caution: 1, danger: 2 };

/** Findings that name existing refs: each new branch of a pattern adds one. */
const namesRefs: ReadonlySet<Finding["id"]> = new Set(["unprotected-ref", "developers-may-push"]);

/**
 * The findings that were not known when it was decided, weigh more now, or are about somebody whom they did not name: what
 * nobody has decided on. Fewer or lighter ones are no news; nor are refs made since under a pattern of which it was known
 * that any Developer may make some, nor what is found of refs where it was decided without seeing them.
 */
export function worseThan(decided: Said, now: Pick<Said, "findings">): Finding[] {
  return now.findings.filter((finding) => !isKnown(finding, decided));
}

function isKnown(finding: Finding, decided: Said): boolean {
  const { id, names } = finding;
  if (id === "unprotected-ref" && decided.findings.some((one) => one.id === "unseen-refs")) return true;
  const before = decided.findings.filter((one) => one.id === id && weight[one.severity] >= weight[finding.severity]);
  // Older versions wrote no names down: there the kind and the weight are all that is known.
  if (before.some((one) => one.names === undefined || names === undefined)) return true;
  if (names === undefined || names.length === 0) return before.length > 0;
  const known = new Set(before.flatMap((one) => one.names ?? []));
  return names.every((name) => known.has(name) || (namesRefs.has(id) && wasToCome(name, decided)));
}

/** Whether the ref did not get in then, and it was known that any Developer may make such ones: it has lost no protection. */
function wasToCome(name: string, { findings, after }: Said): boolean {
  if (!findings.some(({ id }) => id === "ref-to-come" || id === "any-ref")) return false;
  return after.kind === "refs" && ![...after.in, ...after.untold].some(({ ref }) => ref.name === name);
}
