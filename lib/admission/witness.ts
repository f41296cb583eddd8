import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { TokenClass } from "@/lib/gitlab-ci/mint/token-class";
import { keyKnowledge } from "@/lib/iam/keys";
import { example, takes } from "@/lib/language/search";
import type { OtherCaller } from "./others";
import type { Domain } from "./slice";
import type { Point } from "./solve";
import type { Provider } from "./tokens";

/** One call that gets in, concretely: what proves an answer. */
export interface Witness {
  /** The provider's ARN, or who calls. */
  principal: string;
  action: string;
  /** Of a web identity its token's claims, of others the keys of the call; a list only where a claim is one. */
  claims: Record<string, string>;
  /** What must be so besides, in words; null where nothing must. */
  when: string | null;
  /** In a sentence part: "a token of branch release/a of acme/shop". */
  words: string;
}

/** A witness among a class of tokens: every claim that AWS reads has a value, so that the token can be evaluated. */
export function tokenWitness(
  kind: Pick<TokenClass, "claims" | "words">,
  provider: Provider,
  point: Point,
): Omit<Witness, "when"> {
  const claims = Object.entries(kind.claims).flatMap(([claim, domain]): [string, string][] => {
    const asked = point.values.get(`${providerUrlPath(provider.issuer)}:${claim}`.toLowerCase());
    if (asked === null || (asked === undefined && domain.mayLack)) return [];
    const value = asked ?? usualValue(claim, domain);
    return value === null ? [] : [[claim, value]];
  });
  const told = Object.fromEntries(claims);
  return {
    principal: provider.arn,
    action: "sts:AssumeRoleWithWebIdentity",
    claims: { iss: provider.issuer, ...told, ...(told["aud"] === undefined ? {} : { oaud: told["aud"] }) },
    words: `${kind.words}${told["sub"] === undefined ? "" : `, as ${told["sub"]}`}`,
  };
}

const usualAudience = "sts.amazonaws.com";

function usualValue(claim: string, { values }: Pick<Domain, "values">): string | null {
  if (claim === "aud" && values.every(({ pattern, inside }) => takes(pattern, usualAudience) === inside))
    return usualAudience;
  const found = example(values);
  return typeof found === "object" ? found.text : null;
}

/** A witness among the calls of another caller. */
export function callerWitness({ words, slice }: OtherCaller, point: Point): Omit<Witness, "when"> {
  const keys = [...point.values].flatMap(([key, value]): [string, string][] => (value === null ? [] : [[key, value]]));
  const { caller, action } = slice;
  const named =
    caller.kind === "federated"
      ? caller.providerArn
      : caller.kind === "aws"
        ? caller.arn
        : caller.kind === "service"
          ? caller.name
          : "*";
  return { principal: point.values.get("aws:principalarn") ?? named, action, claims: Object.fromEntries(keys), words };
}

/** The name of the claim that a key in lower case reads, or null. */
export function claimOf(key: string, issuer: string): string | null {
  const knowledge = keyKnowledge(key, issuer);
  return knowledge?.is === "token" ? knowledge.claim : null;
}
