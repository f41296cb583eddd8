import { compareTrusts } from "@/lib/admission/compare";
import { naturalCalls } from "@/lib/admission/natural";
import type { Witness } from "@/lib/admission/witness";
import { parseArn } from "@/lib/iam/arn";
import { normalForm } from "@/lib/iam/normal-form";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import { issuerOfProvider, trustedProviders } from "@/lib/iam/trusted-provider";

/** More names than these say no more. */
const namedAtMost = 3;

/**
 * What AWS's trust lets in that ours does not, and the other way round, in sentences with a witness each; null where both
 * mean the same.
 */
export function trustDrift(ours: RawPolicy, theirs: RawPolicy, roleArn: string): string | null {
  if (normalForm(ours) === normalForm(theirs)) return null;
  const [was, is] = [readPolicy(ours), readPolicy(theirs)];
  const { accountId } = parseArn(roleArn) ?? {};
  const providers = [...new Set([...trustedProviders(was), ...trustedProviders(is)])];
  const natural = providers.flatMap((arn) => {
    const issuer = issuerOfProvider(arn);
    return issuer === null ? [] : naturalCalls([was, is], { arn, issuer, audiences: null, at: null });
  });
  const { same, admits, shutsOut, untold } = compareTrusts(was, is, {
    at: null,
    natural,
    ...(accountId !== undefined && /^\d{12}$/.test(accountId) && { accountId }),
  });
  if (same === true) return null;
  if (same === null) {
    const perhaps = untold.length === 0 ? "." : `: perhaps only one of the two lets in ${listed(untold)}.`;
    return `The trust policy was changed in AWS, and whether it still means the same cannot be told${perhaps}`;
  }
  return [
    "The trust policy was changed in AWS: who may assume the role is not what was approved.",
    ...(admits.length > 0 ? [`It now also lets in ${listed(admits)}.`] : []),
    ...(shutsOut.length > 0 ? [`It no longer lets in ${listed(shutsOut)}.`] : []),
  ].join(" ");
}

function listed(witnesses: readonly Witness[]): string {
  const words = [...new Set(witnesses.map(wordsOf))];
  const more = words.length - namedAtMost;
  return [...words.slice(0, namedAtMost), ...(more > 0 ? [`${more} more`] : [])].join("; and ");
}

/** A project's ref by its name, whoever else by what tells the call: "branch main of acme/shop". */
function wordsOf({ principal, action, claims, words, when }: Witness): string {
  const [, path, type, ref] = /^project_path:([^:]+):ref_type:(branch|tag):ref:(.+)$/.exec(claims["sub"] ?? "") ?? [];
  const subject = Object.entries(claims).find(([key]) => key.endsWith(":sub"))?.[1];
  const ofToken = subject === undefined || !principal.includes(":oidc-provider/") ? "" : ` with the subject ${subject}`;
  const who = path !== undefined && words.startsWith(path) ? `${type} ${ref} of ${path}` : `${words}${ofToken}`;
  const what = /^sts:Assume/.test(action) ? "" : ` for ${action}`;
  return `${who}${what}${when === null ? "" : `, when ${when}`}`;
}
