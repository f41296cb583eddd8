import type { PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";
import type { Truth } from "@/lib/iam/truth";
import type { Draw } from "./random-patterns";
import { textsUpTo } from "./random-patterns";

/** The provider of a world so small that all of its calls can be looked at. */
export const smallProvider = {
  arn: "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
  issuer: "https://gitlab.com",
  audiences: null,
  at: new Date("2026-06-15T12:00:00Z"),
};

const characters = ["a", "b", ":", "A"];

/** What each key can say in that world, by key in lower case; null: absent. Of circumstances a value of each kind. */
export const worldOfKeys: Readonly<Record<string, readonly (string | null)[]>> = {
  "gitlab.com:sub": textsUpTo(2, characters),
  "gitlab.com:aud": ["a", "ab"],
  "gitlab.com:project_id": ["1", "22"],
  "gitlab.com:ref_protected": ["true", "false"],
  "aws:sourceip": [null, "10.0.0.1", "10.0.1.1", "11.0.0.1", "2001:db8::1", "2002::1", "x", ""],
  "sts:rolesessionname": ["a", "b", "", "aa", ":b", "A", "1", "7", "true"],
  "aws:securetransport": ["true"],
  "aws:currenttime": ["2026-06-15T12:00:00.000Z"],
  "aws:epochtime": ["1781524800"],
  "aws:principalarn": [null],
  "gitlab.com:nothing": [null],
  "other.example:sub": [null],
};

const keys: readonly string[] = [
  ...["gitlab.com:sub", "gitlab.com:sub", "gitlab.com:sub", "gitlab.com:sub", "GitLab.com:SUB"],
  ...["gitlab.com:aud", "gitlab.com:oaud", "gitlab.com:project_id", "gitlab.com:project_id"],
  ...["gitlab.com:ref_protected", "aws:SourceIp", "aws:sourceip", "sts:RoleSessionName", "aws:PrincipalOrgID"],
  ...["aws:SecureTransport", "aws:PrincipalArn", "aws:CurrentTime", "aws:EpochTime"],
  ...["gitlab.com:nothing", "other.example:sub"],
];

const addressRanges = ["10.0.0.0/24", "10.0.0.0/16", "10.0.0.1", "0.0.0.0/0", "2001:db8::/32", "::/0", "x/8"];
const moments = ["2026-06-15T12:00:00Z", "2026-06-15", "2027-01-01T00:00:00Z", "1781524800", "soon"];
const arns = ["arn:aws:iam::1:role/*", "arn:*:*:*:*:*", "arn:aws:iam::1:user/a", "a*", "*"];
const variables = [
  ["$", "{gitlab.com:aud}"],
  ["$", "{sts:RoleSessionName}"],
  ["$", "{aws:username}"],
  ["$", "{aws:username, 'a'}"],
  ["$", "{*}"],
  ["a$", "{?}"],
].map((parts) => parts.join(""));

const families: readonly { operators: readonly string[]; value(draw: Draw): string }[] = [
  {
    operators: ["StringLike", "StringLike", "StringNotLike"],
    value: (draw) => word(draw, [...characters, "*", "*", "?"]),
  },
  {
    operators: [
      "StringEquals",
      "StringEquals",
      "StringNotEquals",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
    ],
    value: (draw) =>
      draw(4) === 0 ? pick(draw, ["1", "22", "true", "False", "10.0.0.1", "*"]) : word(draw, characters),
  },
  {
    operators: ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"],
    value: (draw) => pick(draw, ["1", "22", "1.3", "1.0", "-1", "a"]),
  },
  {
    operators: ["NumericGreaterThan", "NumericGreaterThanEquals"],
    value: (draw) => pick(draw, ["1", "22", "1.3", "21.7", "a"]),
  },
  {
    operators: [
      "DateEquals",
      "DateNotEquals",
      "DateLessThan",
      "DateLessThanEquals",
      "DateGreaterThan",
      "DateGreaterThanEquals",
    ],
    value: (draw) => pick(draw, moments),
  },
  { operators: ["Bool"], value: (draw) => pick(draw, ["true", "false", "TRUE", "yes"]) },
  { operators: ["IpAddress", "NotIpAddress"], value: (draw) => pick(draw, addressRanges) },
  { operators: ["ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals"], value: (draw) => pick(draw, arns) },
  { operators: ["Null"], value: (draw) => pick(draw, ["true", "false", "TRUE"]) },
];

/** Which family an operator is drawn from, the likelier ones several times. */
const weights = [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8];

/** Principals, with whether Allow and Deny cover a token of the provider by them. */
export const principals: readonly {
  element: Pick<PolicyStatement, "Principal" | "NotPrincipal">;
  allow: Truth;
  deny: Truth;
}[] = [
  { element: { Principal: { Federated: smallProvider.arn } }, allow: true, deny: true },
  {
    element: { Principal: { Federated: ["arn:aws:iam::111122223333:oidc-provider/b", smallProvider.arn] } },
    allow: true,
    deny: true,
  },
  { element: { Principal: "*" }, allow: null, deny: true },
  { element: { Principal: { AWS: "*" } }, allow: false, deny: null },
  { element: { Principal: { AWS: "111122223333", Service: "a.amazonaws.com" } }, allow: false, deny: false },
  { element: { Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/b" } }, allow: false, deny: false },
  { element: { NotPrincipal: { Federated: smallProvider.arn } }, allow: null, deny: false },
  { element: { NotPrincipal: { AWS: "111122223333" } }, allow: null, deny: true },
];

/** Actions, with whether they cover sts:AssumeRoleWithWebIdentity. */
export const actions: readonly { element: Pick<PolicyStatement, "Action" | "NotAction">; covers: Truth }[] = [
  { element: { Action: "sts:AssumeRoleWithWebIdentity" }, covers: true },
  { element: { Action: ["sts:TagSession", "STS:assumerole*"] }, covers: true },
  { element: { Action: "*" }, covers: true },
  { element: { Action: "sts:TagSession" }, covers: false },
  { element: { Action: "sts:AssumeRole" }, covers: false },
  { element: { NotAction: "sts:TagSession" }, covers: true },
  { element: { NotAction: ["sts:*"] }, covers: false },
  { element: { Action: "s*:AssumeRoleWithWebIdentity" }, covers: null },
];

function pick<T>(draw: Draw, from: readonly [T, ...T[]] | readonly T[]): T {
  const found = from[draw(from.length)];
  if (found === undefined) throw new Error("There is nothing to pick from.");
  return found;
}

function word(draw: Draw, letters: readonly string[]): string {
  return Array.from({ length: draw(4) }, () => pick(draw, letters)).join("");
}

/** A clause of a condition: its operator, its key and one to three values. */
function randomClause(draw: Draw): { operator: string; key: string; values: string | string[] } {
  const family = families[pick(draw, weights)];
  if (!family) throw new Error("There is no such family.");
  const base = pick(draw, family.operators);
  const set = base === "Null" ? "" : (["ForAnyValue:", "ForAllValues:"][draw(8)] ?? "");
  const ifExists = base === "Null" || draw(6) > 0 ? "" : "IfExists";
  const isText = /^(String|Arn)/.test(base);
  const one = () => (isText && draw(12) === 0 ? pick(draw, variables) : family.value(draw));
  const values = Array.from({ length: 1 + Math.max(0, draw(5) - 2) }, one);
  const [first = ""] = values;
  return { operator: `${set}${base}${ifExists}`, key: pick(draw, keys), values: values.length === 1 ? first : values };
}

/** A statement with nothing, or with up to three clauses, for its condition. */
export function randomStatement(draw: Draw, effect: "Allow" | "Deny"): PolicyStatement {
  const Condition: NonNullable<PolicyStatement["Condition"]> = {};
  for (let count = draw(4); count > 0; count -= 1) {
    const { operator, key, values } = randomClause(draw);
    Condition[operator] = { ...Condition[operator], [key]: values };
  }
  const plain = draw(3) > 0;
  const principal = plain ? principals[0] : pick(draw, principals);
  const action = plain ? actions[0] : pick(draw, actions);
  return {
    Effect: effect,
    ...principal?.element,
    ...action?.element,
    ...(Object.keys(Condition).length > 0 ? { Condition } : {}),
  };
}

/** A trust policy of one to three statements about the small world; the same draws make the same one. */
export function randomTrust(draw: Draw): TrustPolicy {
  const effects = (["Allow", "Deny", "Allow"] as const).slice(0, 1 + draw(3));
  return {
    Version: draw(10) === 0 ? "2008-10-17" : "2012-10-17",
    Statement: effects.map((effect) => randomStatement(draw, effect)),
  };
}

/** The same policy with its statements, keys and values in another order, and a list for each value that stands alone. */
export function rearranged(policy: TrustPolicy): TrustPolicy {
  const turned = <T>(given: Record<string, T>, map: (value: T) => T) =>
    Object.fromEntries(
      Object.entries(given)
        .reverse()
        .map(([name, value]) => [name, map(value)]),
    );
  const list = (value: string | string[]) => [value].flat().reverse();
  return {
    ...policy,
    Statement: policy.Statement.toReversed().map(({ Condition, ...statement }) => ({
      ...statement,
      ...(Condition ? { Condition: turned(Condition, (inner) => turned(inner, list)) } : {}),
    })),
  };
}
