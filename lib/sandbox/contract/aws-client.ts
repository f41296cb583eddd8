import type { AddressInfo } from "node:net";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { JWTPayload } from "jose";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { AwsSandbox } from "../aws/aws";
import { createAwsSandbox } from "../aws/aws";
import { sandboxCredentials } from "../company/aws-accounts";

export const prod = "111122223333";
export const playground = "777788889999";
export const gitlabProvider = (accountId: string): string => `arn:aws:iam::${accountId}:oidc-provider/gitlab.com`;

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** AWS on a free port, with a clock that tests move and an issuer that tests sign for. */
export interface AwsServer {
  url: string;
  controlUrl: string;
  sandbox: AwsSandbox;
  clock: { offsetMs: number };
  /** A token of https://gitlab.com, valid for five minutes unless the claims say otherwise. */
  token(claims?: JWTPayload, options?: { kid?: string; stranger?: boolean }): Promise<string>;
  control(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startAws(options: { propagationMs?: number; dataFile?: string } = {}): Promise<AwsServer> {
  const clock = { offsetMs: 0 };
  const [own, stranger] = [await generateKeyPair("RS256"), await generateKeyPair("RS256")];
  const keys = [
    { ...(await exportJWK(own.publicKey)), kid: "ci", use: "sig" },
    { ...(await exportJWK((await generateKeyPair("RS256")).publicKey)), kid: "login", use: "sig" },
  ];
  const now = (): Date => new Date(Date.now() + clock.offsetMs);
  const sandbox = createAwsSandbox({
    dataFile: options.dataFile ?? null,
    clock: now,
    propagationMs: options.propagationMs ?? 0,
    issuerKeys: (issuer) => Promise.resolve(issuer === "https://gitlab.com" ? { keys } : null),
  });
  const app = new Hono().route("/-/sandbox/control/aws", sandbox.controlRoutes).route("/", sandbox.app);
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const controlUrl = `${url}/-/sandbox/control/aws`;
  return {
    url,
    controlUrl,
    sandbox,
    clock,
    token: (claims = {}, { kid = "ci", stranger: isStranger = false } = {}) => {
      const seconds = Math.floor(now().getTime() / 1000);
      const usual = {
        iss: "https://gitlab.com",
        aud: "https://sts.amazonaws.com",
        sub: mainSubject,
        iat: seconds,
        nbf: seconds - 5,
        exp: seconds + 300,
        project_id: "90201",
        namespace_id: "902",
        ref_protected: "true",
      };
      return new SignJWT({ ...usual, ...claims })
        .setProtectedHeader({ alg: "RS256", kid })
        .sign(isStranger ? stranger.privateKey : own.privateKey);
    },
    control: async (method, path, body) => {
      const answer = await fetch(controlUrl + path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    },
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
      sandbox.flush();
    },
  };
}

export const mainSubject = "project_path:acme/shop/web:ref_type:branch:ref:main";
const settings = { region: "eu-central-1", maxAttempts: 1 };

export function iam({ url }: AwsServer, credentials: Credentials): IAMClient {
  return new IAMClient({ ...settings, endpoint: url, credentials });
}

export function sts(
  { url }: AwsServer,
  credentials: Credentials = { accessKeyId: "unused", secretAccessKey: "unused" },
): STSClient {
  return new STSClient({ ...settings, endpoint: url, credentials });
}

export function s3({ url }: AwsServer, credentials: Credentials, region = "eu-central-1"): S3Client {
  return new S3Client({ ...settings, region, endpoint: url, credentials, forcePathStyle: true });
}

export const { admins, worker } = sandboxCredentials;

/** The worker in the account, through its spoke role. */
export async function spoke(server: AwsServer, accountId: string, ExternalId = "trustdesk-demo"): Promise<Credentials> {
  const { Credentials: given } = await sts(server, worker).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${accountId}:role/trustdesk-spoke`,
      RoleSessionName: "trustdesk-test",
      ExternalId,
    }),
  );
  return {
    accessKeyId: given?.AccessKeyId ?? "",
    secretAccessKey: given?.SecretAccessKey ?? "",
    sessionToken: given?.SessionToken ?? "",
  };
}

/** A trust policy for `subject` on the account's gitlab.com provider, as JSON. */
export function trustOf(accountId: string, condition: Record<string, Record<string, string | string[]>>): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: gitlabProvider(accountId) },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      },
    ],
  });
}

export const goodTrust = (accountId: string): string =>
  trustOf(accountId, {
    StringEquals: { "gitlab.com:aud": "https://sts.amazonaws.com", "gitlab.com:sub": mainSubject },
  });

/** Name, message, status and request id of what the call was refused with. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ name: string; message: string; status: number | undefined; requestId: string | undefined }> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & {
      $metadata?: { httpStatusCode?: number; requestId?: string };
    };
    return { name, message, status: $metadata?.httpStatusCode, requestId: $metadata?.requestId };
  }
  throw new Error("The call was not refused");
}
