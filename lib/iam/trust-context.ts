import { isGitlabCom, providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { parseArn } from "./arn";
import type { ConditionContext, KeyValue } from "./condition";
import { keyKnowledge, keyMeaning, tokenKeys } from "./keys";

/** An AssumeRoleWithWebIdentity call: the token, and what is known of all around it. */
export interface PresentedToken {
  /** The provider that AWS holds for the token's issuer in the role's account. */
  providerArn: string;
  issuer: string;
  claims: Record<string, unknown>;
  /** Default: sts:AssumeRoleWithWebIdentity. */
  action?: string;
  /** Further condition keys of the call, e.g. sts:RoleSessionName. */
  extra?: Record<string, string>;
  /** Condition keys that the token will have, with a value that is not known yet: they are undecided. */
  unknownKeys?: readonly string[];
  /** When the call is made; without it, what depends on the time is undecided. */
  at?: Date;
  /** The provider's client ids. Null or missing: not known, and any audience counts as registered. */
  providerAudiences?: readonly string[] | null;
  /** The role's account, 12 digits; missing: the provider's. */
  roleAccount?: string;
}

/**
 * The condition keys that AWS fills from a token: `sub`, `aud` (the token's `azp` where it has one), `oaud` (its literal
 * `aud`), `amr` and `email` for every issuer, and nine more for gitlab.com alone. A claim that is not there makes no key.
 * Source: STS's page of the service authorization reference; docs.gitlab.com/ci/cloud_services/aws.
 */
export function conditionContext(issuer: string, claims: Record<string, unknown>): Record<string, string | string[]> {
  const prefix = providerUrlPath(issuer);
  const claimOf = (key: string) =>
    key === "aud" ? (claims["azp"] ?? claims["aud"]) : claims[key === "oaud" ? "aud" : key];
  return Object.fromEntries(
    tokenKeys(issuer).flatMap((key) => {
      const value = keyValue(claimOf(key));
      return value === null ? [] : [[`${prefix}:${key}`, value]];
    }),
  );
}

function keyValue(claim: unknown): string | string[] | null {
  if (Array.isArray(claim)) return claim.map(String);
  return typeof claim === "string" || typeof claim === "number" || typeof claim === "boolean" ? String(claim) : null;
}

/** The condition keys of the call: what was given, the token's, and for all others what AWS's pages say of them. */
export function trustContext(token: PresentedToken): ConditionContext {
  const { issuer, claims, extra = {}, unknownKeys = [] } = token;
  const later = new Set(unknownKeys.map((key) => key.toLowerCase()));
  const given = new Map(
    Object.entries({ ...conditionContext(issuer, claims), ...extra }).map(([key, value]) => [key.toLowerCase(), value]),
  );
  return {
    of: (key, written) => {
      const value = given.get(key);
      if (value !== undefined) return { is: "present", value };
      return later.has(key) ? unknown(written, false) : known(key, written, token);
    },
  };
}

function known(key: string, written: string, { issuer, providerArn, at }: PresentedToken): KeyValue {
  const knowledge = keyKnowledge(key, issuer, providerArn);
  switch (knowledge?.is) {
    case "fixed":
      return { is: "present", value: knowledge.value };
    case "token":
      return { is: "absent" };
    case "absent": {
      const because = keyMeaning(key, issuer)?.meaning;
      return because === undefined ? { is: "absent" } : { is: "absent", because };
    }
    case "optional":
      return unknown(written, false);
    case "chosen":
      return unknown(written, knowledge.always === true);
    case "time":
      if (!at) return unknown(written, true);
      return {
        is: "present",
        value: knowledge.as === "seconds" ? String(Math.floor(at.getTime() / 1000)) : at.toISOString(),
      };
    case undefined:
      return {
        is: "unknown",
        present: false,
        why: `Whether the call has ${written}, and with which value, AWS's pages do not say.`,
      };
  }
}

function unknown(written: string, present: boolean): KeyValue {
  return { is: "unknown", present, why: `What ${written} will be is not known here.` };
}

/**
 * Why AWS refuses the token before it looks at any trust, in a sentence, or null. A provider stands for one issuer, by its
 * whole URL; its account is the role's; the audience (`azp` where there is one) is one of its client ids, and of several
 * audiences `azp` must say which. Source: STS API, AssumeRoleWithWebIdentity; IAM user guide, id_roles_providers_create_oidc.
 */
export function refusalOf(token: PresentedToken): string | null {
  const { providerArn, issuer, claims, providerAudiences = null, roleAccount } = token;
  const [, urlPath] = providerArn.split(":oidc-provider/");
  if (urlPath !== undefined && urlPath !== providerUrlPath(issuer) && !(isGitlabCom(issuer) && isGitlabCom(urlPath)))
    return `The provider of ${urlPath} does not vouch for tokens of ${issuer}.`;
  const account = parseArn(providerArn)?.accountId;
  if (roleAccount !== undefined && account !== undefined && account !== roleAccount)
    return `The provider is in the account ${account} and the role in ${roleAccount}: AWS looks in the role's account only.`;
  const audience = keyValue(claims["azp"] ?? claims["aud"]);
  const several = Array.isArray(audience) && audience.length > 1;
  if (several) return "The token is for several audiences, and no azp says for which one: AWS refuses it.";
  const [only] = audience === null ? [] : [audience].flat();
  if (providerAudiences === null || only === undefined || providerAudiences.includes(only)) return null;
  return `The provider does not take the audience "${only}": AWS refuses the token before it looks at the trust.`;
}
