import { AwsError } from "./errors";

/** The parts of a web identity token that STS looks at. */
export interface IdentityToken {
  text: string;
  header: { alg: string; kid?: string };
  claims: Record<string, unknown>;
  issuer: string;
  subject: string;
  /** The token's `azp` where it has one, else its `aud`. */
  audience: string;
}

const leewaySeconds = 5 * 60;
const requiredClaims = ["iss", "sub", "aud", "iat", "exp"];
const rolesClaim = "https://aws.amazon.com/roles";

/** Reads a JWT without believing it. Throws InvalidIdentityToken with the original's texts. */
export function parseToken(text: string): IdentityToken {
  if (text.length < 4 || text.length > 20_000)
    throw new AwsError(
      400,
      "ValidationError",
      "1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint: Member must have length between 4 and 20000",
    );
  const [header, claims] = text.split(".").slice(0, 2).map(decodePart);
  if (text.split(".").length !== 3 || !header || !claims || typeof header["alg"] !== "string")
    throw invalidToken(
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    );
  const missing = requiredClaims.find((name) => claims[name] === undefined);
  if (missing !== undefined) throw invalidToken(`Missing a required claim: ${missing}`);
  if (Object.keys(claims).some((name) => name.startsWith("https://aws.amazon.com/") && name !== rolesClaim)) {
    console.error(
      "SANDBOX: the token carries session tags or a source identity, which the sandbox does not evaluate, and so refuses.",
    );
    throw new AwsError(403, "AccessDenied", "Not authorized to perform sts:TagSession");
  }
  const kid = typeof header["kid"] === "string" ? { kid: header["kid"] } : {};
  return {
    text,
    header: { alg: header["alg"], ...kid },
    claims,
    issuer: String(claims["iss"]),
    subject: String(claims["sub"]),
    audience: audienceOf(claims),
  };
}

/** Five minutes of leeway at the end; integer strings pass for times. */
export function checkTimes({ claims }: IdentityToken, now: Date): void {
  const seconds = Math.floor(now.getTime() / 1000);
  const [exp, iat, nbf] = ["exp", "iat", "nbf"].map((name) => timeOf(claims[name]));
  const earliest = seconds - leewaySeconds;
  if (exp !== undefined && exp <= earliest)
    throw new AwsError(
      400,
      "ExpiredTokenException",
      `Token expired: current date/time ${earliest} must be before the expiration date/time ${exp}`,
    );
  if (iat !== undefined && iat > seconds + leewaySeconds) throw invalidToken(`Token issued in the future: ${iat}`);
  if (nbf !== undefined && nbf > seconds + leewaySeconds)
    throw invalidToken(
      `Token not yet valid: current date/time ${seconds} must be after or equal to the not-before date/time ${nbf}`,
    );
}

/** Where the issuer lists the roles that a token may assume, the role must be there. */
export function checkRolesClaim({ claims }: IdentityToken, roleArn: string): void {
  const listed = claims[rolesClaim];
  if (listed === undefined) return;
  const roles = typeof listed === "string" ? listed.split(";") : listed;
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === "string"))
    throw invalidToken("The roles claim is not in a supported format");
  if (!roles.some((role) => /^arn:[^:]+:iam::\d{12}:role\//.test(role)))
    throw invalidToken("The roles claim contains no valid role ARNs");
  if (!roles.includes(roleArn))
    throw invalidToken("The target role ARN is not present in the roles claim of the identity token");
}

function audienceOf({ aud, azp }: Record<string, unknown>): string {
  if (typeof azp === "string") return azp;
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (audiences.length > 1)
    throw invalidToken("Token audience contains more than one audience while authorized party is not present");
  const [only] = audiences;
  if (typeof only !== "string" || only === "") throw invalidToken("Claim is not allowed to be empty: aud");
  return only;
}

function timeOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const time = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof time !== "number" || !Number.isInteger(time)) throw invalidToken("Invalid timestamp in token claims.");
  return time;
}

function decodePart(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function invalidToken(message: string): AwsError {
  return new AwsError(400, "InvalidIdentityToken", message);
}
