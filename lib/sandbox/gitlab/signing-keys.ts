import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JWK, JWTPayload } from "jose";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from "jose";

/** The instance's two keys in one set: one signs logins, the other CI ID tokens (docs.gitlab.com/ci/secrets/id_token_authentication). */
export interface SigningKeys {
  publicKeys: { keys: JWK[] };
  /** Signs `claims` as RS256 with the CI key and its `kid`. */
  signIdToken(claims: JWTPayload): Promise<string>;
}

/** Reads both keys from `gitlab-keys.json` in `folder`, or makes and stores them; null keeps them in memory. */
export async function openSigningKeys(folder: string | null): Promise<SigningKeys> {
  const privateKeys = (folder && readKeys(folder)) || [await newKey(), await newKey()];
  if (folder) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, "gitlab-keys.json"), JSON.stringify(privateKeys), { mode: 0o600 });
  }
  const ciKey = privateKeys[1];
  if (!ciKey) throw new Error("The sandbox's signing keys are incomplete: start with --reset");
  const signer = await importJWK(ciKey, "RS256");
  return {
    publicKeys: { keys: privateKeys.map(publicPart) },
    signIdToken: (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: String(ciKey.kid), typ: "JWT" }).sign(signer),
  };
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true, modulusLength: 2048 });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: "sig", alg: "RS256" };
}

function publicPart({ kty, kid, e, n, use, alg }: JWK): JWK {
  return { kty: String(kty), kid: String(kid), e: String(e), n: String(n), use: String(use), alg: String(alg) };
}

function readKeys(folder: string): JWK[] | null {
  try {
    return JSON.parse(readFileSync(join(folder, "gitlab-keys.json"), "utf8")) as JWK[];
  } catch {
    return null;
  }
}
