import { keyKnowledge, keyRow } from "@/lib/iam/keys";
import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { listOf } from "@/lib/iam/policy-schema";
import type { Caller } from "@/lib/iam/principal";
import { issuerOfProvider } from "@/lib/iam/trusted-provider";
import type { Pattern } from "@/lib/language/pattern";
import { everything, many, sequence, text } from "@/lib/language/pattern";
import { absent, anything, domainOf, exactly } from "./domain";
import type { Domain, Slice } from "./slice";

/** A caller that a trust names beside the issuer's own provider, and all calls that it can make. */
export interface OtherCaller {
  kind: "provider" | "saml" | "anybody" | "account" | "principal" | "service";
  /** As a sentence part: "every principal of account 111122223333 that its own policies let", "EC2 (ec2.amazonaws.com)". */
  words: string;
  slice: Slice;
}

/** All callers that the statements name beside the provider, each once. */
export function othersNamed(
  statements: readonly PolicyStatement[],
  providerArn: string | null,
  at: Date | null,
): OtherCaller[] {
  const named = statements.flatMap(({ Principal, NotPrincipal }) => [
    ...namesIn(Principal),
    ...(NotPrincipal === undefined ? [] : [{ kind: "AWS", value: "*" }, ...namesIn(NotPrincipal)]),
  ]);
  const others = named.flatMap(({ kind, value }) => (value === providerArn ? [] : (callerOf(kind, value, at) ?? [])));
  return others.filter(({ words }, index) => others.findIndex((other) => other.words === words) === index);
}

function namesIn(principal: PolicyStatement["Principal"]): { kind: string; value: string }[] {
  if (principal === "*") return [{ kind: "AWS", value: "*" }];
  return Object.entries(principal ?? {}).flatMap(([kind, values]) => listOf(values).map((value) => ({ kind, value })));
}

function callerOf(kind: string, value: string, at: Date | null): OtherCaller | null {
  switch (kind) {
    case "Federated":
      return value.includes(":saml-provider/") ? saml(value, at) : provider(value, at);
    case "AWS":
      return principal(value, at);
    case "Service":
      return {
        kind: "service",
        words: `the AWS service ${value}`,
        slice: {
          caller: { kind: "service", name: value },
          action: "sts:AssumeRole",
          domainOf: signed(at, {}),
          sameAs: itself,
        },
      };
    default:
      return null;
  }
}

function provider(value: string, at: Date | null): OtherCaller {
  const issuer = issuerOfProvider(value) ?? `https://${value}`;
  return {
    kind: "provider",
    words: value === "*" ? "every identity provider of the account" : `whoever gets a token from ${value}`,
    slice: {
      caller: { kind: "federated", providerArn: value },
      action: "sts:AssumeRoleWithWebIdentity",
      sameAs: itself,
      domainOf: (key) => anyToken(key, issuer, at),
    },
  };
}

/** Issuers for whose tokens AWS has keys of their own (service authorization reference of STS). */
const haveOwnKeys =
  /^(token\.actions\.|github\.com\/enterprises\/|agent\.([\w.-]+\.)?buildkite\.|accounts\.google\.com|oidc\.circleci\.com\/|idcs-)/;

/** Whether an issuer is another kind than GitLab, by AWS's keys for it. `issuer`: with scheme. */
export function hasKeysOfItsOwn(issuer: string): boolean {
  return haveOwnKeys.test(issuer.replace(/^https:\/\//, "").toLowerCase());
}

/** What a key says in a call by any token of an issuer, whatever mints it. */
function anyToken(key: string, issuer: string, at: Date | null): Domain | null {
  const urlPath = issuer.replace(/^https:\/\//, "").toLowerCase();
  const knowledge = keyKnowledge(key, issuer);
  if (knowledge?.is !== "token" && key.startsWith(`${urlPath}:`) && hasKeysOfItsOwn(issuer)) return null;
  return domainOf(knowledge, {
    at,
    // Any text, and said by the token: no circumstance of the call.
    ofClaim: (claim) => ({
      ...anything,
      values: [{ pattern: everything, inside: true }],
      mayLack: claim !== "sub" && claim !== "aud",
    }),
  });
}

function saml(value: string, at: Date | null): OtherCaller {
  const domainOf = (key: string) => (key.startsWith("saml:") ? anything : signed(at, {})(key));
  return {
    kind: "saml",
    words: `whoever signs in through ${value}`,
    slice: {
      caller: { kind: "federated", providerArn: value },
      action: "sts:AssumeRoleWithSAML",
      sameAs: itself,
      domainOf,
    },
  };
}

const itself = (key: string) => key;
const nobodySpecial = "000000000000";

/** An account's number or root is all that the account lets; `*` is everybody (IAM user guide, "AWS JSON policy elements: Principal"). */
function principal(value: string, at: Date | null): OtherCaller {
  const account = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
  const slice = (caller: Caller, keys: Record<string, Domain>): Slice => ({
    caller,
    action: "sts:AssumeRole",
    sameAs: itself,
    domainOf: signed(at, keys),
  });
  if (value === "*")
    return {
      kind: "anybody",
      words: "every AWS account in the world",
      slice: slice(
        { kind: "aws", arn: `arn:aws:iam::${nobodySpecial}:role/anybody`, account: nobodySpecial },
        anyPrincipal,
      ),
    };
  if (account !== undefined)
    return {
      kind: "account",
      words: `every principal of account ${account} that the account itself allows`,
      slice: slice(
        { kind: "aws", arn: `arn:aws:iam::${account}:root`, account },
        {
          "aws:principalarn": arns(sequence(text("arn:aws:iam::"), text(account), text(":"), many())),
          "aws:principalaccount": exactly(account),
        },
      ),
    };
  const owner = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):/.exec(value)?.[1] ?? nobodySpecial;
  return {
    kind: "principal",
    words: value,
    slice: slice(
      { kind: "aws", arn: value, account: owner },
      { "aws:principalarn": exactly(value), "aws:principalaccount": exactly(owner) },
    ),
  };
}

function arns(pattern: Pattern): Domain {
  return { values: [{ pattern, inside: true }], mayLack: false, chosen: false };
}

const anyPrincipal: Record<string, Domain> = {
  "aws:principalarn": arns(sequence(text("arn:aws:iam::"), many({ only: "0123456789" }), text(":"), many())),
  "aws:principalaccount": arns(many({ only: "0123456789" })),
};

/** The keys of a signed call: AWS's own say what nobody here knows, those of web identities are not there. */
function signed(at: Date | null, known: Record<string, Domain>): Slice["domainOf"] {
  return (key) => {
    if (known[key]) return known[key];
    const knowledge = keyRow(key)?.knowledge;
    if (knowledge?.is === "time") return domainOf(knowledge, { at, ofClaim: () => anything });
    if (key === "aws:securetransport") return exactly("true");
    if (key === "sts:externalid" || key === "sts:rolesessionname") return { ...anything, chosen: true };
    if (/^(aws|sts):/.test(key)) return anything;
    return /^[^:]*[./]/.test(key) || key.startsWith("saml:") ? absent : null;
  };
}
