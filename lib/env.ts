import { z } from "zod";

const url = z
  .url({ protocol: /^https?$/, error: "must be an http or https address, e.g. https://gitlab.example.com" })
  .transform((value) => value.replace(/\/+$/, ""));
/**
 * Verbatim: AWS compares a token's `iss` with it, and takes the same address with and without a slash at its end for two
 * providers. What it refuses (CreateOpenIDConnectProvider) and what no GitLab names itself is a mistake.
 */
const issuer = z
  .url({ protocol: /^https$/, error: "must be an https address, e.g. https://gitlab.example.com: AWS takes no other" })
  .max(255, "has more than 255 characters, which is the most that AWS takes")
  .refine((value) => !/[?#@]/.test(value), "must not hold a query, a fragment or a user: AWS takes none")
  .refine(
    (value) => !/\/\.well-known(\/|$)/.test(value),
    "is the issuer alone, without /.well-known/openid-configuration",
  )
  .refine((value) => !/^https:\/\/gitlab\.com\/+$/i.test(value), "has no slash at its end: it is https://gitlab.com");
const optional = z.string().min(1).optional();
const wholeNumber = (least: number, most: number) => z.coerce.number<string>().int().min(least).max(most);

const databaseVariables = {
  TRUSTDESK_WORKER_DATABASE_URL: optional,
  TRUSTDESK_OWNER_DATABASE_URL: optional,
};

/** Each variable with its rule; a failure names the variable and the fix. */
const schema = z
  .object({
    DATABASE_URL: z.string().min(1, "is not set: the connection string of the web's database role"),
    ...databaseVariables,
    GITLAB_URL: url,
    GITLAB_CLIENT_ID: z.string().min(1, "is not set: the id of the OAuth application in GitLab"),
    GITLAB_CLIENT_SECRET: z.string().min(1, "is not set: the secret of the OAuth application in GitLab"),
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: z.string().min(32, "must have at least 32 characters: openssl rand -hex 32"),
    TRUSTDESK_GITLAB_ISSUER: issuer.optional(),
    TRUSTDESK_GITLAB_TOKEN: optional,
    TRUSTDESK_PLATFORM_GROUP: z.string().min(1).default("platform-engineers"),
    TRUSTDESK_AUDITOR_GROUP: z.string().min(1).default("auditors"),
    TRUSTDESK_ACCOUNTS_FILE: optional,
    TRUSTDESK_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
    TRUSTDESK_METRICS_TOKEN: z.string().min(16, "must have at least 16 characters: openssl rand -hex 32").optional(),
    TRUSTDESK_WORKER_METRICS_PORT: wholeNumber(0, 65_535).optional(),
    TRUSTDESK_WORKER_METRICS_HOST: z.string().min(1).default("127.0.0.1"),
    TRUSTDESK_SHUTDOWN_SECONDS: wholeNumber(1, 3600).default(20),
    TRUSTDESK_SECURITY_CONTACT: z
      .string()
      .regex(/^(mailto:|https:\/\/|tel:)\S+$/, "must begin with mailto:, https:// or tel: (RFC 9116)")
      .optional(),
  })
  .superRefine((value, context) => {
    if (value.TRUSTDESK_WORKER_METRICS_PORT === undefined || value.TRUSTDESK_METRICS_TOKEN) return;
    context.addIssue({
      code: "custom",
      path: ["TRUSTDESK_METRICS_TOKEN"],
      message: "is not set, and TRUSTDESK_WORKER_METRICS_PORT is: metrics are shown to who has the token only",
    });
  });

export interface Env {
  databaseUrl: string;
  /** Defaults to databaseUrl; the product then says so at start. */
  workerDatabaseUrl: string;
  ownerDatabaseUrl: string;
  gitlabUrl: string;
  /** OIDC issuer of CI ID tokens, as they name it to the letter; API and issuer may differ (GitLab 18.1 and later). */
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
  /** Bearer token with which metrics are read; null: there are none. */
  metricsToken: string | null;
  /** Where the worker shows its metrics; null: nowhere. */
  workerMetrics: { host: string; port: number } | null;
  /** How long a process that is asked to end waits for what it does. */
  shutdownSeconds: number;
  /** Where a vulnerability of this installation is reported (security.txt); null: it has none. */
  securityContact: string | null;
  /** The GitLab that rows belong to: its API's origin and path. */
  instanceId: string;
}

/**
 * Reads the configuration from `source`. Throws an Error that names every wrong variable and its fix.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const value = parseWith(schema, source);
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
    metricsToken: value.TRUSTDESK_METRICS_TOKEN ?? null,
    workerMetrics:
      value.TRUSTDESK_WORKER_METRICS_PORT === undefined
        ? null
        : { host: value.TRUSTDESK_WORKER_METRICS_HOST, port: value.TRUSTDESK_WORKER_METRICS_PORT },
    shutdownSeconds: value.TRUSTDESK_SHUTDOWN_SECONDS,
    securityContact: value.TRUSTDESK_SECURITY_CONTACT ?? null,
    instanceId: new URL(value.GITLAB_URL).host + new URL(value.GITLAB_URL).pathname.replace(/\/$/, ""),
  };
}

/** All that a migration needs: the owner's connection string, and the worker's, for which the owner's will do. */
interface MigrationEnv {
  ownerUrl: string;
  workerUrl: string;
}

const migrationSchema = z.object({ DATABASE_URL: optional, ...databaseVariables });

/** Reads what a migration needs from `source`. Throws an Error that names what is missing. */
export function parseMigrationEnv(source: Record<string, string | undefined>): MigrationEnv {
  const value = parseWith(migrationSchema, source);
  const ownerUrl = value.TRUSTDESK_OWNER_DATABASE_URL ?? value.DATABASE_URL;
  if (!ownerUrl)
    throw new Error(
      "A migration needs TRUSTDESK_OWNER_DATABASE_URL, or DATABASE_URL where one database role does everything (see .env.example).",
    );
  return { ownerUrl, workerUrl: value.TRUSTDESK_WORKER_DATABASE_URL ?? ownerUrl };
}

function parseWith<T>(rules: z.ZodType<T>, source: Record<string, string | undefined>): T {
  const parsed = rules.safeParse(withoutEmpty(source));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    (issue) =>
      `  ${issue.path.join(".")} ${issue.code === "invalid_type" && issue.input === undefined ? "is not set" : issue.message}`,
  );
  throw new Error(`Trustdesk's configuration is not complete (see .env.example):\n${lines.join("\n")}`);
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
