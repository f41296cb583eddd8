import { z } from "zod";

const url = z.url({ protocol: /^https?$/, error: "must be an http or https address, e.g. https://gitlab.example.com" }).transform((value) => value.replace(/\/+$/, ""));
const optional = z.string().min(1).optional();

/** Each variable with its rule; a failure names the variable and the fix. */
const schema = z.object({
  DATABASE_URL: z.string().min(1, "is not set: the connection string of the web's database role"),
  TRUSTDESK_WORKER_DATABASE_URL: optional,
  TRUSTDESK_OWNER_DATABASE_URL: optional,
  GITLAB_URL: url,
  GITLAB_CLIENT_ID: z.string().min(1, "is not set: the id of the OAuth application in GitLab"),
  GITLAB_CLIENT_SECRET: z.string().min(1, "is not set: the secret of the OAuth application in GitLab"),
  NEXTAUTH_URL: url,
  NEXTAUTH_SECRET: z.string().min(32, "must have at least 32 characters: openssl rand -hex 32"),
  TRUSTDESK_GITLAB_ISSUER: url.optional(),
  TRUSTDESK_GITLAB_TOKEN: optional,
  TRUSTDESK_PLATFORM_GROUP: z.string().min(1).default("platform-engineers"),
  TRUSTDESK_AUDITOR_GROUP: z.string().min(1).default("auditors"),
  TRUSTDESK_ACCOUNTS_FILE: optional,
  TRUSTDESK_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});

export interface Env {
  databaseUrl: string;
  /** Defaults to databaseUrl; the product then says so at start. */
  workerDatabaseUrl: string;
  ownerDatabaseUrl: string;
  gitlabUrl: string;
  /** OIDC issuer of CI ID tokens; API and issuer may differ (GitLab 18.1 and later). */
  gitlabIssuer: string;
  gitlabClientId: string;
  gitlabClientSecret: string;
  /** The portal's own origin. */
  webUrl: string;
  secret: string;
  /** `read_api` token of the bot, or null. */
  gitlabBotToken: string | null;
  platformGroup: string;
  auditorGroup: string;
  accountsFile: string | null;
  logLevel: string;
  /** The GitLab that rows belong to: its API's origin and path. */
  instanceId: string;
}

/**
 * Reads the configuration from `source`. Throws an Error that names every wrong variable and its fix.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(withoutEmpty(source));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.code === "invalid_type" ? "is not set" : issue.message}`);
    throw new Error(`Trustdesk's configuration is not complete (see .env.example):\n${lines.join("\n")}`);
  }
  const value = parsed.data;
  return {
    databaseUrl: value.DATABASE_URL,
    workerDatabaseUrl: value.TRUSTDESK_WORKER_DATABASE_URL ?? value.DATABASE_URL,
    ownerDatabaseUrl: value.TRUSTDESK_OWNER_DATABASE_URL ?? value.DATABASE_URL,
    gitlabUrl: value.GITLAB_URL,
    gitlabIssuer: value.TRUSTDESK_GITLAB_ISSUER ?? value.GITLAB_URL,
    gitlabClientId: value.GITLAB_CLIENT_ID,
    gitlabClientSecret: value.GITLAB_CLIENT_SECRET,
    webUrl: value.NEXTAUTH_URL,
    secret: value.NEXTAUTH_SECRET,
    gitlabBotToken: value.TRUSTDESK_GITLAB_TOKEN ?? null,
    platformGroup: value.TRUSTDESK_PLATFORM_GROUP,
    auditorGroup: value.TRUSTDESK_AUDITOR_GROUP,
    accountsFile: value.TRUSTDESK_ACCOUNTS_FILE ?? null,
    logLevel: value.TRUSTDESK_LOG_LEVEL,
    instanceId: new URL(value.GITLAB_URL).host + new URL(value.GITLAB_URL).pathname.replace(/\/$/, ""),
  };
}

function withoutEmpty(source: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
}

let cached: Env | null = null;

/** The configuration, parsed at first use, so that a build needs none. */
export const env: Env = new Proxy({} as Env, {
  get: (_target, key: keyof Env) => {
    if (cached) return cached[key];
    if (key === "logLevel") return process.env.TRUSTDESK_LOG_LEVEL ?? "info";
    cached = parseEnv(process.env);
    return cached[key];
  },
});
