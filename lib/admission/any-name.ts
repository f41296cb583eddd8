import type { RefType } from "@/lib/gitlab-ci/claims";
import { classesOfOtherRefs } from "@/lib/gitlab-ci/mint/other-refs";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { TokenClass } from "@/lib/gitlab-ci/mint/token-class";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import { takes } from "@/lib/language/search";
import type { Admission } from "./box";
import { admissionOf } from "./box";
import { exactly } from "./domain";
import type { Meeting } from "./meet";
import { meet } from "./meet";
import type { Slice } from "./slice";
import type { Provider } from "./tokens";
import { sliceOf } from "./tokens";

/** Every name of a branch, or of a tag, gets in. */
export interface AnyName {
  type: RefType;
  /** Only as long as the ref is protected. */
  protectedOnly: boolean;
  /** By which statement, from 0. */
  statement: number | null;
}

/** For which kinds of refs every name gets in, as far as anybody can tell, whatever the project's rules are. */
export function anyNames(policy: TrustPolicy, project: MintingProject, provider: Provider): AnyName[] {
  const ruleless = { ...project, refs: null, protectedBranches: null, protectedTags: null };
  return (["branch", "tag"] as const).flatMap((type) => {
    const found = classesOfOtherRefs(ruleless, type).flatMap((tokens) => anyNameIn(policy, type, tokens, provider));
    const widest = found.find(({ protectedOnly }) => !protectedOnly) ?? found[0];
    return widest ? [widest] : [];
  });
}

function anyNameIn(policy: TrustPolicy, type: RefType, tokens: TokenClass, provider: Provider): AnyName[] {
  const slice = sliceOf(tokens, provider);
  const admission = admissionOf(policy, slice);
  const of = (isProtected: string) => meetAll(withProtection(tokens, isProtected), provider, admission);
  const open = of("false");
  const met = open ?? of("true");
  return met ? [{ type, protectedOnly: open === null, statement: met.by?.index ?? null }] : [];
}

/** The tokens of the class whose ref is protected, or is not; null where it has none. */
function withProtection(tokens: TokenClass, isProtected: string): TokenClass | null {
  const claim = tokens.claims["ref_protected"];
  if (!claim?.values.every(({ pattern, inside }) => takes(pattern, isProtected) === inside)) return null;
  return { ...tokens, claims: { ...tokens.claims, ref_protected: exactly(isProtected) } };
}

/** A call that gets in, where with what it says beside its subject every subject of the class does. */
function meetAll(tokens: TokenClass | null, provider: Provider, admission: Admission): Meeting | null {
  if (!tokens) return null;
  const slice = sliceOf(tokens, provider);
  const met = meet(slice, { within: admission, without: null }, "possible");
  if (typeof met !== "object") return null;
  const { values, assumed } = met.point;
  const fixed: Slice = {
    ...slice,
    domainOf: (name) => {
      const value = values.get(name);
      return name.endsWith(":sub") || value === undefined || value === null ? slice.domainOf(name) : exactly(value);
    },
  };
  return meet(fixed, { within: null, without: admission }, "possible", assumed) === "none" ? met : null;
}
