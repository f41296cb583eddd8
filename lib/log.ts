import pino from "pino";
import { env } from "./env";

/** Keys whose values never reach a log line, at any of the depths we use. */
const secretKeys = ["access_token", "refresh_token", "id_token", "token", "sessionToken", "authorization", "cookie", "clientSecret", "client_secret", "secretAccessKey", "SecretAccessKey", "SessionToken", "WebIdentityToken", "externalId", "password", "DATABASE_URL"];

/** Structured logs on standard output, one JSON object a line, secrets redacted. */
export const log = pino({
  level: env.logLevel,
  base: { app: "trustdesk" },
  redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.headers.${key}`]), censor: "[redacted]" },
  serializers: { err: errorWithoutSecrets },
});

function errorWithoutSecrets(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  return { name, message: withoutTokens(message), stack: stack ? withoutTokens(stack) : undefined, cause: error.cause instanceof Error ? errorWithoutSecrets(error.cause) : undefined };
}

/** Blanks JWTs, GitLab tokens, long hex strings and passwords in connection strings inside free text. */
export function withoutTokens(text: string): string {
  return text
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[jwt]")
    .replace(/glpat-[\w-]+/g, "[gitlab token]")
    .replace(/\b[0-9a-f]{40,}\b/gi, "[secret]")
    .replace(/(postgres(?:ql)?:\/\/[^:@\s]+:)[^@\s]+@/g, "$1[redacted]@");
}
