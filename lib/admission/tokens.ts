import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { TokenClass } from "@/lib/gitlab-ci/mint/token-class";
import { keyKnowledge } from "@/lib/iam/keys";
import { either, nothing, text } from "@/lib/language/pattern";
import type { Domain, Slice } from "./slice";

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

const webIdentity = "sts:AssumeRoleWithWebIdentity";

/** The calls that a class of tokens can make to assume a role. */
export function sliceOf({ claims }: Pick<TokenClass, "claims">, provider: Provider): Slice {
  const registered = provider.audiences && either(...provider.audiences.map((audience) => text(audience)));
  const prefix = providerUrlPath(provider.issuer).toLowerCase();
  return {
    caller: { kind: "federated", providerArn: provider.arn },
    action: webIdentity,
    // GitLab's tokens have no azp, so both keys read the one audience.
    sameAs: (key) => (key === `${prefix}:oaud` ? `${prefix}:aud` : key),
    domainOf: (key) => {
      const time = timeOf(key, provider.at);
      if (time) return time;
      const knowledge = keyKnowledge(key, provider.issuer);
      switch (knowledge?.is) {
        case undefined:
          return null;
        case "fixed":
          return exactly(knowledge.value);
        case "absent":
          return absent;
        case "optional":
          return { values: [], mayLack: true, chosen: false };
        case "chosen":
          return { values: [], mayLack: true, chosen: true };
        case "token": {
          const claim = claims[knowledge.claim];
          if (!claim) return absent;
          const isAudience = registered && knowledge.claim === "aud";
          return isAudience ? { ...claim, values: [...claim.values, { pattern: registered, inside: true }] } : claim;
        }
      }
    },
  };
}

/** A key that is never there. */
export const absent: Domain = { values: [{ pattern: nothing, inside: true }], mayLack: true, chosen: false };

/** A key that always says one thing. */
export function exactly(value: string): Domain {
  return { values: [{ pattern: text(value), inside: true }], mayLack: false, chosen: false };
}

/** A key that says what nobody can know before. */
export const anything: Domain = { values: [], mayLack: true, chosen: false };

/** What the clock says; null for other keys. Without a moment the clock may say anything. */
export function timeOf(key: string, at: Date | null): Domain | null {
  if (key !== "aws:currenttime" && key !== "aws:epochtime") return null;
  if (!at) return { values: [], mayLack: false, chosen: false };
  return exactly(key === "aws:currenttime" ? at.toISOString() : String(Math.floor(at.getTime() / 1000)));
}
