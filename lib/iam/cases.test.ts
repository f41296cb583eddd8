import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evaluatePermissions, evaluateTrust } from "./evaluate";
import { parsePolicy } from "./policy-schema";

/** One behaviour of AWS: a statement (or its condition alone) and a call, with the page that says how it comes out. */
interface Case {
  name: string;
  /** The page, or that there is none: what AWS's pages do not settle is undecided. */
  source: string;
  verdict: "allowed" | "denied" | "undecided";
  /** Of the one Allow. */
  condition?: object;
  /** The condition of a Deny for everybody beside an Allow that asks for nothing. */
  deny?: object;
  /** What differs from the usual Allow; null takes an element out. */
  statement?: object;
  /** The same, several. */
  statements?: object[];
  /** Null: the policy has none. */
  version?: string | null;
  /** What differs from the usual token; null takes a claim out. */
  claims?: Record<string, unknown>;
  /** What else is known of the call. */
  call?: { at?: string } & Record<string, unknown>;
  /** The provider that the Allow names, where it is not gitlab.com's. */
  principal?: string;
  /** The condition keys of a call to S3, asked of a permission policy instead of a trust. */
  context?: Record<string, string | string[]>;
  resource?: string;
}

const provider = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const usualClaims = {
  sub: "project_path:acme/api:ref_type:branch:ref:main",
  aud: "https://sts.amazonaws.com",
  project_id: "42",
  namespace_id: "7",
  ref_protected: "true",
  pipeline_source: "push",
  runner_environment: "gitlab-hosted",
  user_access_level: "developer",
  user_email: "rina@acme.example",
  user_id: "5",
  user_login: "rina",
};

function withoutNulls(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

/** The policy of a case, read as it would be from AWS. */
function policyOf(one: Case, usual: object) {
  const differing = one.statements ?? [
    { ...(one.condition ? { Condition: one.condition } : {}), ...one.statement },
    ...(one.deny ? [{ Effect: "Deny", Principal: "*", Action: "*", Condition: one.deny }] : []),
  ];
  const parsed = parsePolicy(
    JSON.stringify({
      ...(one.version === null ? {} : { Version: one.version ?? "2012-10-17" }),
      Statement: differing.map((changes) => withoutNulls({ ...usual, ...changes })),
    }),
  );
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.policy;
}

function verdictOf(one: Case): string {
  if (one.context) {
    const usual = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
    const denied = one.deny ? [{}, { Effect: "Deny", Condition: one.deny }] : undefined;
    const policy = policyOf({ ...one, ...(denied ? { statements: denied } : {}) }, usual);
    const resource = one.resource ?? "arn:aws:s3:::site/index.html";
    const { verdict } = evaluatePermissions([policy], { action: "s3:GetObject", resource, context: one.context });
    return verdict === "implicitDeny" || verdict === "explicitDeny" ? "denied" : verdict;
  }
  const usual = {
    Effect: "Allow",
    Principal: { Federated: one.principal ?? provider },
    Action: "sts:AssumeRoleWithWebIdentity",
  };
  const { at, ...call } = one.call ?? {};
  return evaluateTrust(policyOf(one, usual), {
    providerArn: provider,
    issuer: "https://gitlab.com",
    claims: { ...withoutNulls({ ...usualClaims, ...one.claims }) },
    ...(at === undefined ? {} : { at: new Date(at) }),
    ...call,
  }).verdict;
}

const folder = join(import.meta.dirname, "cases");
const older = ["trust.json", "permissions.json"];
const themes = readdirSync(folder).filter((file) => file.endsWith(".json") && !older.includes(file));

describe.each(themes)("%s", (file) => {
  const cases = JSON.parse(readFileSync(join(folder, file), "utf8")) as Case[];
  it.each(cases.map((one) => [`${one.name} (${one.source})`, one] as const))("%s", (_name, one) => {
    expect(verdictOf(one)).toBe(one.verdict);
  });
});
