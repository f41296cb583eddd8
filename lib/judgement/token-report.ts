import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { Evaluation } from "@/lib/iam/evaluate";
import { evaluateTrust } from "@/lib/iam/evaluate";
import type { RawPolicy, TrustPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import { issuerOfProvider, trustedProviders } from "@/lib/iam/trusted-provider";

/** One token asked about one trust. */
export interface AskedToken {
  trust: RawPolicy;
  claims: Readonly<Record<string, unknown>>;
  /** The audiences that AWS's provider is registered with; null: not known, any counts. */
  providerAudiences: readonly string[] | null;
  /** The moment of the call: date operators compare with it. */
  at: Date;
}

/** Whether AWS lets the token assume the role; null: not told. Texts are sentences. */
export interface TokenReport {
  allowed: boolean | null;
  explanation: string[];
  /** What was assumed, and what was not checked. */
  notes: string[];
}

const unchecked = "The token's signature and its expiry (exp, nbf) were not checked.";
const anyAudience = "The audiences of AWS's provider are not known: any audience counts as registered.";

/** Asks a trust about a token, as STS would: first the provider's audiences, then the policy. */
export function reportToken({ trust, claims, providerAudiences, at }: AskedToken): TokenReport {
  const policy = readPolicy(trust);
  const { issuer, assumed } = issuerOf(policy, claims);
  const notes = [unchecked, ...(providerAudiences === null ? [anyAudience] : []), ...assumed];
  if (issuer === null)
    return { allowed: false, explanation: ["The token names no issuer (iss): AWS finds no provider for it."], notes };
  const refused = audienceRefusal(claims, providerAudiences);
  if (refused !== null) return { allowed: false, explanation: [refused], notes };
  const providers = providersFor(policy, issuer);
  const asked = providers.map((providerArn) =>
    evaluateTrust(policy, { providerArn, issuer, claims: { ...claims }, at }),
  );
  const accounts =
    providers.length > 1 ? ["The trust names this issuer's provider in several accounts; the role's own counts."] : [];
  return { ...together(asked, claims), notes: [...notes, ...accounts] };
}

function issuerOf(policy: TrustPolicy, claims: AskedToken["claims"]): { issuer: string | null; assumed: string[] } {
  const { iss } = claims;
  if (typeof iss === "string" && iss !== "") return { issuer: iss, assumed: [] };
  const named = trustedProviders(policy).flatMap((arn) => issuerOfProvider(arn) ?? []);
  const [only = null, ...others] = [...new Set(named)];
  if (only === null || others.length > 0) return { issuer: null, assumed: [] };
  return { issuer: only, assumed: [`The claims name no issuer (iss): they were taken as ${only}'s.`] };
}

/** A provider's client ids are compared with `azp` where the token has one; several audiences need one (STS's InvalidIdentityToken). */
function audienceRefusal(claims: AskedToken["claims"], registered: readonly string[] | null): string | null {
  const { aud, azp } = claims;
  const several = Array.isArray(aud) ? aud.map(String) : typeof aud === "string" ? [aud] : [];
  if (typeof azp !== "string" && several.length > 1)
    return "The token has several audiences and no azp: AWS refuses it before it reads the trust.";
  const presented = typeof azp === "string" ? azp : several[0];
  if (presented === undefined) return "The token has no audience (aud): AWS refuses it before it reads the trust.";
  if (registered === null || registered.includes(presented)) return null;
  return `AWS's provider is not registered with the token's audience "${presented}".`;
}

/** As the policy names them: ARNs of the issuer's provider, or the bare host of one that AWS brings along. */
function providersFor(policy: TrustPolicy, issuer: string): string[] {
  const host = providerUrlPath(issuer);
  const named = trustedProviders(policy).filter(
    (name) => (name === host && builtIn.has(host)) || providerUrlPath(issuerOfProvider(name) ?? "") === host,
  );
  return named.length > 0 ? named : [`arn:aws:iam::000000000000:oidc-provider/${host}`];
}

/** Issuers for which AWS needs no provider of the account: their names are principals (IAM: CreateOpenIDConnectProvider). */
const builtIn: ReadonlySet<string> = new Set([
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "graph.facebook.com",
  "www.amazon.com",
]);

function together(asked: readonly Evaluation[], claims: AskedToken["claims"]): Omit<TokenReport, "notes"> {
  const verdicts = new Set(asked.map(({ verdict }) => verdict));
  const [verdict] = verdicts;
  const told = verdicts.size === 1 && verdict !== "undecided" ? verdict === "allowed" : null;
  const explanation = asked.flatMap((one) => [one.why, ...one.statements.map(sentenceOf)]);
  // STS asks for the role's own ARN in this claim before it reads the trust, and the ARN is not known here.
  if (told === true && claims["https://aws.amazon.com/roles"] !== undefined)
    return {
      allowed: null,
      explanation: ["Its roles claim must name the role, which is not known here.", ...explanation],
    };
  return { allowed: told, explanation };
}

function sentenceOf({
  index,
  sid,
  effect,
  verdict,
  counterpartOk,
  actionOk,
  conditions,
  untold,
}: Evaluation["statements"][number]) {
  const name = `Statement ${index + 1}${sid === null ? "" : ` "${sid}"`} (${effect})`;
  const elements = [
    ...(counterpartOk ? [] : ["its principal is another"]),
    ...(actionOk ? [] : ["its action is another"]),
  ];
  const why = [
    ...elements,
    ...conditions.map((one) => one.why.replace(/\.$/, "")),
    ...untold.map((what) => `untold: ${what}`),
  ];
  return `${name} ${verdict === "undecided" ? "is undecided" : verdict}${why.length > 0 ? `: ${why.join("; ")}` : ""}.`;
}
