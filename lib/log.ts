import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { DestinationStream, Logger } from "pino";
import pino from "pino";
import { env } from "./env";

/** Keys whose values never reach a log line, at any of the depths we use. */
const secretKeys = [
  "access_token",
  "refresh_token",
  "id_token",
  "token",
  "sessionToken",
  "authorization",
  "cookie",
  "clientSecret",
  "client_secret",
  "secretAccessKey",
  "SecretAccessKey",
  "SessionToken",
  "WebIdentityToken",
  "externalId",
  "password",
  "DATABASE_URL",
];

/** What every log line says of the work that it belongs to. */
export interface LogContext {
  /** Of the web's request, also on the lines of the jobs that it queued. */
  requestId?: string;
  job?: string;
  /** The job's number in the queue. */
  jobId?: string;
  /** The role request that the job is about. */
  roleRequestId?: string;
}

const contexts = new AsyncLocalStorage<LogContext>();

/** Runs `work`; each log line until its end carries `context`. */
export function withLogContext<T>(context: LogContext, work: () => T): T {
  return contexts.run(context, work);
}

/** The id of the web's request under way, or null outside of one. */
export function currentRequestId(): string | null {
  return contexts.getStore()?.requestId ?? null;
}

/** Carries a request's id, in both directions. */
export const requestIdHeader = "x-request-id";

/** The id that a caller gave (8 to 64 letters, digits, `.`, `_` and `-`), unless it looks like a secret; else a new one. */
export function requestIdFrom(given: string | null | undefined): string {
  const wellFormed = given && /^[A-Za-z0-9][\w.-]{7,63}$/.test(given) && withoutTokens(given) === given;
  return wellFormed ? given : randomUUID();
}

/** A logger of ours: one JSON object a line, secrets redacted, to `destination` or standard output. */
export function createLog(destination: DestinationStream = pino.destination(1)): Logger {
  const options = {
    level: env.logLevel,
    base: { app: "trustdesk" },
    mixin: () => ({ ...contexts.getStore() }),
    redact: {
      paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.headers.${key}`]),
      censor: "[redacted]",
    },
    serializers: { err: errorWithoutSecrets },
  };
  return pino(options, destination);
}

/** Structured logs of this process. */
export const log = createLog();

function errorWithoutSecrets(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  return {
    name,
    message: withoutTokens(message),
    stack: stack ? withoutTokens(stack) : undefined,
    cause: error.cause instanceof Error ? errorWithoutSecrets(error.cause) : undefined,
  };
}

/** Blanks JWTs, GitLab tokens, long hex strings and passwords in connection strings inside free text. */
export function withoutTokens(text: string): string {
  return text
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[jwt]")
    .replace(/glpat-[\w-]+/g, "[gitlab token]")
    .replace(/\b[0-9a-f]{40,}\b/gi, "[secret]")
    .replace(/(postgres(?:ql)?:\/\/[^:@\s]+:)[^@\s]+@/g, "$1[redacted]@");
}
