import { gitlabComConditionKeys } from "@/lib/gitlab-ci/claims";
import { isGitlabCom, providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { parseArn } from "./arn";
import type { KeyKnowledge } from "./key-kind";
import type { KeyRow } from "./key-rows";
import { keyRows, stsKeys } from "./key-rows";

const exact = new Map(
  keyRows.flatMap((row): [string, KeyRow][] => (row.key.endsWith("*") ? [] : [[row.key.toLowerCase(), row]])),
);
const prefixed = keyRows.filter(({ key }) => key.endsWith("*"));

/** The row of a key of AWS's own, in any letter case; null for a provider's key and for one that no page knows. */
export function keyRow(key: string): KeyRow | null {
  const name = key.toLowerCase();
  return exact.get(name) ?? prefixed.find((row) => name.startsWith(row.key.slice(0, -1).toLowerCase())) ?? null;
}

/**
 * What is known of a condition key, in any letter case, in an AssumeRoleWithWebIdentity call with a token of the issuer
 * (an https URL); null where no page says. `providerArn`: the provider in AWS, where it is known.
 */
export function keyKnowledge(key: string, issuer: string, providerArn: string | null = null): KeyKnowledge | null {
  const row = keyRow(key);
  if (row) return knowledgeOf(row, providerArn);
  const at = key.lastIndexOf(":");
  const prefix = key.slice(0, Math.max(at, 0)).toLowerCase();
  if (prefix === providerUrlPath(issuer).toLowerCase()) return ofToken(key.slice(at + 1).toLowerCase(), issuer);
  // Only providers have a host before the colon, and a token comes from one provider.
  return /[./]/.test(prefix) ? { is: "absent" } : null;
}

function knowledgeOf({ knowledge }: KeyRow, providerArn: string | null): KeyKnowledge | null {
  switch (knowledge.is) {
    case "undocumented":
      return null;
    case "the provider's": {
      const account = providerArn === null ? undefined : parseArn(providerArn)?.accountId;
      const value = knowledge.part === "account" ? account : (providerArn ?? undefined);
      return value === undefined ? { is: "optional" } : { is: "fixed", value };
    }
    default:
      return knowledge;
  }
}

/**
 * Claims that are keys with every custom provider. Source: IAM user guide, reference_policies_iam-condition-keys; the nine
 * more of gitlab.com: STS's page of the service authorization reference.
 */
const ofEveryIssuer: readonly string[] = ["sub", "aud", "oaud", "amr", "email"];

function ofToken(name: string, issuer: string): KeyKnowledge {
  const has = ofEveryIssuer.includes(name) || (isGitlabCom(issuer) && gitlabComConditionKeys.includes(name));
  return has ? { is: "token", claim: name } : { is: "absent" };
}

/**
 * What a key is in the call, in a sentence, with the page that says so (a URL); null where no page knows the key.
 * For the reference, and for words on why a key is missing.
 */
export function keyMeaning(key: string, issuer: string): Pick<KeyRow, "meaning" | "source"> | null {
  const row = keyRow(key);
  if (row) return { meaning: row.meaning, source: row.source };
  const knowledge = keyKnowledge(key, issuer);
  if (knowledge === null) return null;
  const source = stsKeys;
  if (knowledge.is === "token") return { meaning: `The token's ${knowledge.claim}.`, source };
  const own = key.toLowerCase().startsWith(`${providerUrlPath(issuer).toLowerCase()}:`);
  return { meaning: own ? "AWS makes no key of that claim." : "It is a key of another provider's tokens.", source };
}

/** The claims that AWS makes keys of for an issuer's tokens, as they stand after the colon. */
export function tokenKeys(issuer: string): string[] {
  return [...ofEveryIssuer, ...(isGitlabCom(issuer) ? gitlabComConditionKeys : [])];
}
