import type { MentionedProject, Reach, TokenClass } from "@/lib/gitlab-ci/mint/token-class";
import { parseArn } from "@/lib/iam/arn";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import type { Admission, Box } from "./box";
import { admissionOf } from "./box";
import { absent, exactly } from "./domain";
import type { Meeting } from "./meet";
import { meet } from "./meet";
import type { OtherCaller } from "./others";
import type { Slice } from "./slice";
import type { Point } from "./solve";
import type { Provider } from "./tokens";
import { sliceOf } from "./tokens";
import type { When } from "./when";
import { circumstancesOf, isCircumstance, whenWords } from "./when";
import type { Witness } from "./witness";
import { callerWitness, tokenWitness } from "./witness";

/** A class of callers of which somebody gets in. */
export interface Entrance {
  kind: TokenClass["kind"] | OtherCaller["kind"];
  /** The class, as a sentence part. */
  words: string;
  /** Who can be such a caller, as a sentence part. */
  who: string;
  reach: Reach;
  /** The other project that the class is of, where the trust names it. */
  mentioned: MentionedProject | null;
  /** What has to be so of GitLab, and is not known to be, for it to mint any; null: nothing. */
  onlyIf: string | null;
  /** Surely: whatever nobody can tell. Else perhaps, by the witness's `when`. */
  sure: boolean;
  /** Null where only the search was given up. */
  witness: Witness | null;
  when: readonly When[];
  /** The statement that lets it in, from 0. */
  statement: number | null;
}

type About = Pick<Entrance, "kind" | "words" | "who" | "reach" | "mentioned" | "onlyIf">;

/** Whether somebody of a class of tokens gets in; null where nobody does. */
export function tokenEntrance(
  policy: TrustPolicy,
  tokens: TokenClass,
  provider: Provider,
  mentioned: MentionedProject | null,
): Entrance | null {
  const { kind, words, who, reach, onlyIf = null } = tokens;
  const witness = (point: Point) => tokenWitness(tokens, provider, point);
  return entranceOf(policy, sliceOf(tokens, provider), { kind, words, who, reach, mentioned, onlyIf }, witness);
}

/** The same of another caller. A provider of another account than the role's lets nobody in. */
export function callerEntrance(policy: TrustPolicy, other: OtherCaller, role: Provider): Entrance | null {
  const { kind, words, slice } = other;
  const account = slice.caller.kind === "federated" ? parseArn(slice.caller.providerArn)?.accountId : undefined;
  if (account !== undefined && account !== parseArn(role.arn)?.accountId) return null;
  const about: About = { kind, words, who: words, reach: "anybody", mentioned: null, onlyIf: null };
  return entranceOf(policy, slice, about, (point) => callerWitness(other, point));
}

function entranceOf(
  policy: TrustPolicy,
  slice: Slice,
  about: About,
  witness: (point: Point) => Omit<Witness, "when">,
): Entrance | null {
  const admission = admissionOf(policy, slice);
  const found = firstOf(slice, admission);
  if (!found) return null;
  if (!found.met) return { ...about, sure: false, witness: null, when: [{ kind: "budget" }], statement: null };
  const { by, point } = found.met;
  const denies = admission.denies.filter((deny) => mayMeet(slice, found.met?.point ?? null, deny));
  const when = circumstancesOf(slice, found.met, denies);
  const all = [whenWords(when), about.onlyIf].filter((words) => words !== null);
  return {
    ...about,
    sure: found.sure && about.onlyIf === null,
    witness: { ...witness(point), when: all.length > 0 ? all.join(", and ") : null },
    when,
    statement: by?.index ?? null,
  };
}

/** Whether a Deny could be met by the call, were only the circumstances others. */
function mayMeet(slice: Slice, point: Point | null, deny: Box): boolean {
  const kept: Slice = {
    ...slice,
    domainOf: (key) => {
      const domain = slice.domainOf(key);
      const value = point?.values.get(key);
      if (value === undefined || isCircumstance(slice, key)) return domain;
      return value === null ? absent : exactly(value);
    },
  };
  return meet(kept, { within: { allows: [deny], denies: [] }, without: null }, "possible") !== "none";
}

/** A call that surely gets in, else one that perhaps does; null where none can. */
function firstOf(slice: Slice, admission: Admission): { sure: boolean; met: Meeting | null } | null {
  if (admission.allows.length === 0) return null;
  const proven = meet(slice, { within: admission, without: null }, "proven");
  if (typeof proven === "object") return { sure: true, met: proven };
  const possible = meet(slice, { within: admission, without: null }, "possible");
  if (possible === "none") return null;
  return { sure: false, met: possible === "over budget" ? null : possible };
}
