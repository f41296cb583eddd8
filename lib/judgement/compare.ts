import type { TrustChange } from "@/lib/admission/compare";
import { compareTrusts } from "@/lib/admission/compare";
import { naturalCalls } from "@/lib/admission/natural";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import { issuerOfProvider, trustedProviders } from "@/lib/iam/trusted-provider";

/** Two trusts by what they let in. */
export interface Comparison extends Pick<TrustChange, "same" | "admits" | "shutsOut"> {
  /** What was assumed or cannot be told, a sentence each. */
  notes: string[];
}

/** Whether two trusts mean the same, and who proves that they do not. `at`: the moment that date operators compare with. */
export function compare(before: RawPolicy, after: RawPolicy, { at }: { at: Date }): Comparison {
  const [was, is] = [readPolicy(before), readPolicy(after)];
  const providers = [...new Set([...trustedProviders(was), ...trustedProviders(is)])];
  const natural = providers.flatMap((arn) => {
    const issuer = issuerOfProvider(arn);
    return issuer === null ? [] : naturalCalls([was, is], { arn, issuer, audiences: null, at });
  });
  const { same, admits, shutsOut, untold } = compareTrusts(was, is, { at, natural });
  const notes = same === null || untold.length > 0 ? untold.map(({ words, when }) => notOf(words, when)) : [];
  return { same, admits, shutsOut, notes: [...new Set(same === null && notes.length === 0 ? [unknown] : notes)] };
}

const unknown = "The documents differ, and whether they mean the same cannot be told.";

function notOf(words: string, when: string | null): string {
  return `Whether only one of the two lets in ${words} cannot be told${when === null ? "" : `: it depends on whether ${when}`}.`;
}
