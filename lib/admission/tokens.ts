import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { TokenClass } from "@/lib/gitlab-ci/mint/token-class";
import { webIdentityAction } from "@/lib/iam/action";
import { keyKnowledge } from "@/lib/iam/keys";
import { either, text } from "@/lib/language/pattern";
import { absent, domainOf } from "./domain";
import type { Slice } from "./slice";

/** The provider through which an issuer's tokens come, and the moment at which they do. */
export interface Provider {
  arn: string;
  /** With scheme. */
  issuer: string;
  /** The client ids that AWS holds for it; null: not known, and any audience counts as registered. */
  audiences: readonly string[] | null;
  /** Null: at any time. */
  at: Date | null;
}

/** The calls that a class of tokens can make to assume a role. */
export function sliceOf({ claims }: Pick<TokenClass, "claims">, provider: Provider): Slice {
  const registered = provider.audiences && either(...provider.audiences.map((audience) => text(audience)));
  const prefix = providerUrlPath(provider.issuer).toLowerCase();
  return {
    caller: { kind: "federated", providerArn: provider.arn },
    action: webIdentityAction,
    // GitLab's tokens have no azp, so both keys read the one audience.
    sameAs: (key) => (key === `${prefix}:oaud` ? `${prefix}:aud` : key),
    domainOf: (key) =>
      domainOf(keyKnowledge(key, provider.issuer, provider.arn), {
        at: provider.at,
        ofClaim: (name) => {
          const claim = claims[name];
          if (!claim) return absent;
          const isAudience = registered && name === "aud";
          return isAudience ? { ...claim, values: [...claim.values, { pattern: registered, inside: true }] } : claim;
        },
      }),
  };
}
