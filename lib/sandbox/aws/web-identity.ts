import type { JWK } from "jose";
import { compactVerify, importJWK } from "jose";
import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { evaluateTrust } from "@/lib/iam/evaluate";
import { storedDocument } from "./documents";
import { AwsError } from "./errors";
import type { Parameters } from "./parameters";
import type { SessionRequest } from "./sessions";
import { roleAt, sessionRequest, startSession } from "./sessions";
import type { StoredAccount } from "./state";
import type { IdentityToken } from "./web-identity-token";
import { checkRolesClaim, checkTimes, parseToken } from "./web-identity-token";
import type { World } from "./world";
import { audiencesSeenBySts, trustSeenBySts } from "./world";
import type { XmlFields } from "./xml";

const algorithms = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];
const noKey =
  "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements";
const notValidated =
  "The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.";

/**
 * AssumeRoleWithWebIdentity, unsigned. In the original's order: claims, times, provider, audience, signature, roles claim,
 * role and trust, duration. A missing role, a role that STS does not see yet and a trust that fails look the same.
 */
export async function assumeRoleWithWebIdentity(
  world: World,
  parameters: Parameters,
  region: string,
): Promise<XmlFields> {
  const request = sessionRequest(parameters);
  const token = parseToken(parameters.required("WebIdentityToken"));
  checkTimes(token, world.now());
  const account = world.state.accounts[/^arn:aws:iam::(\d{12}):/.exec(request.roleArn)?.[1] ?? ""];
  const providerArn = findProvider(world, account, token);
  await verifySignature(world, token);
  checkRolesClaim(token, request.roleArn);
  const found = trustedRole(world, request, token, providerArn, region);
  const session = startSession(world, found, request, region);
  return { ...session, SubjectFromWebIdentityToken: token.subject, Audience: token.audience, Provider: providerArn };
}

/** The provider whose URL is exactly the token's issuer, in the role's account, with the token's audience; AccessDenied while it is too new. */
function findProvider(world: World, account: StoredAccount | undefined, { issuer, audience }: IdentityToken): string {
  const [arn, provider] =
    Object.entries(account?.providers ?? {}).find(
      ([, { url }]) => issuer.startsWith("https://") && url === providerUrlPath(issuer),
    ) ?? [];
  if (!arn || !provider)
    throw new AwsError(400, "InvalidIdentityToken", `No OpenIDConnect provider found in your account for ${issuer}`);
  const audiences = audiencesSeenBySts(world, provider);
  if (audiences === null) throw denied();
  if (!audiences.includes(audience)) throw new AwsError(400, "InvalidIdentityToken", "Incorrect token audience");
  return arn;
}

async function verifySignature(world: World, { text, header, issuer }: IdentityToken): Promise<void> {
  const found = await world.issuerKeys(issuer);
  const key = found && keyFor(found.keys, header.kid);
  if (!key || !algorithms.includes(header.alg)) throw new AwsError(400, "InvalidIdentityToken", noKey);
  try {
    // The JWK's own alg is ignored: the token's counts.
    await compactVerify(text, await importJWK({ ...key, alg: undefined }, header.alg), { algorithms });
  } catch {
    throw new AwsError(400, "InvalidIdentityToken", notValidated);
  }
}

/** `kid` may be missing only where the set has one key; keys for encryption and with key_ops are unusable. */
function keyFor(keys: readonly JWK[], kid: string | undefined): JWK | undefined {
  const usable = keys.filter((key) => key.use !== "enc" && key.key_ops === undefined);
  if (kid === undefined) return keys.length === 1 ? usable[0] : undefined;
  return usable.find((key) => key.kid === kid);
}

function trustedRole(
  world: World,
  request: SessionRequest,
  token: IdentityToken,
  providerArn: string,
  region: string,
): NonNullable<ReturnType<typeof roleAt>> {
  const found = roleAt(world, request.roleArn);
  const trust = found && trustSeenBySts(world, found.role);
  if (!found || trust === null) throw denied();
  const evaluation = evaluateTrust(storedDocument(trust), {
    providerArn,
    issuer: token.issuer,
    claims: token.claims,
    extra: { "sts:RoleSessionName": request.sessionName, "aws:RequestedRegion": region },
    at: world.now(),
  });
  if (evaluation.verdict === "undecided")
    console.error(
      `SANDBOX: whether ${request.roleArn} trusts "${token.subject}" is undecided, and so refused: ${evaluation.why}`,
    );
  if (evaluation.verdict !== "allowed") throw denied();
  return found;
}

function denied(): AwsError {
  return new AwsError(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
}
