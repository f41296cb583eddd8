import { describe, expect, it } from "vitest";
import { parseEnv, parseMigrationEnv } from "./env";

const whole = {
  DATABASE_URL: "postgresql://web@127.0.0.1/trustdesk",
  GITLAB_URL: "https://gitlab.example.com/gitlab/",
  GITLAB_CLIENT_ID: "id",
  GITLAB_CLIENT_SECRET: "secret",
  NEXTAUTH_URL: "https://trustdesk.example.com",
  NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef",
};

describe("the configuration", () => {
  it("takes the issuer from GITLAB_URL and the other databases from DATABASE_URL, unless told otherwise", () => {
    const env = parseEnv(whole);
    expect(env).toMatchObject({
      gitlabIssuer: "https://gitlab.example.com/gitlab",
      workerDatabaseUrl: whole.DATABASE_URL,
      ownerDatabaseUrl: whole.DATABASE_URL,
      instanceId: "gitlab.example.com/gitlab",
      gitlabBotToken: null,
    });
    expect(parseEnv({ ...whole, TRUSTDESK_GITLAB_ISSUER: "https://gitlab.com" }).gitlabIssuer).toBe(
      "https://gitlab.com",
    );
  });

  // GitLab 18.1 and later may name a bucket as issuer; with and without a slash at its end it is another provider of AWS.
  it.each([
    "https://oidc-keys.s3.eu-central-1.amazonaws.com/ci/",
    "https://oidc-keys.s3.eu-central-1.amazonaws.com/ci",
    "https://GitLab.Example.com/GitLab",
    "https://gitlab.example.com:8443",
    "https://gitlab.example.com/",
  ])("keeps the issuer %s to the letter", (issuer) => {
    expect(parseEnv({ ...whole, TRUSTDESK_GITLAB_ISSUER: issuer }).gitlabIssuer).toBe(issuer);
  });

  it.each([
    ["http://gitlab.example.com", /must be an https address/],
    ["gitlab.example.com", /must be an https address/],
    ["https://gitlab.example.com/?a=b", /must not hold a query/],
    ["https://gitlab.example.com/#a", /must not hold a query/],
    ["https://me@gitlab.example.com", /must not hold a query/],
    ["https://gitlab.com/", /it is https:\/\/gitlab\.com/],
    ["https://gitlab.example.com/.well-known/openid-configuration", /the issuer alone/],
    [`https://gitlab.example.com/${"a".repeat(255)}`, /more than 255 characters/],
  ])("refuses the issuer %s", (issuer, sentence) => {
    const parse = () => parseEnv({ ...whole, TRUSTDESK_GITLAB_ISSUER: issuer });
    expect(parse).toThrow(/TRUSTDESK_GITLAB_ISSUER/);
    expect(parse).toThrow(sentence);
  });

  it.each([
    ["DATABASE_URL", undefined, /DATABASE_URL is not set/],
    ["GITLAB_CLIENT_ID", "", /GITLAB_CLIENT_ID is not set/],
    ["GITLAB_URL", "gitlab.example.com", /GITLAB_URL must be an http or https address/],
    ["NEXTAUTH_SECRET", "short", /NEXTAUTH_SECRET must have at least 32 characters/],
    ["TRUSTDESK_LOG_LEVEL", "loud", /TRUSTDESK_LOG_LEVEL/],
    ["TRUSTDESK_METRICS_TOKEN", "short", /TRUSTDESK_METRICS_TOKEN must have at least 16 characters/],
    [
      "TRUSTDESK_WORKER_METRICS_PORT",
      "9100",
      /TRUSTDESK_METRICS_TOKEN is not set, and TRUSTDESK_WORKER_METRICS_PORT is/,
    ],
    ["TRUSTDESK_SHUTDOWN_SECONDS", "soon", /TRUSTDESK_SHUTDOWN_SECONDS/],
    ["TRUSTDESK_SECURITY_CONTACT", "security@example.com", /TRUSTDESK_SECURITY_CONTACT must begin with mailto:/],
    ["TRUSTDESK_SECURITY_CONTACT", "mailto:a@b.example\nExpires: never", /TRUSTDESK_SECURITY_CONTACT must begin/],
  ])("names %s when it is %j, without telling any value", (name, value, sentence) => {
    const parse = () => parseEnv({ ...whole, [name]: value });
    expect(parse).toThrow(sentence);
    expect(parse).not.toThrow(/0123456789abcdef/);
  });

  it("shows no metrics and waits 20 s for an end, unless told otherwise", () => {
    expect(parseEnv(whole)).toMatchObject({ metricsToken: null, workerMetrics: null, shutdownSeconds: 20 });
    const env = parseEnv({
      ...whole,
      TRUSTDESK_METRICS_TOKEN: "0123456789abcdef",
      TRUSTDESK_WORKER_METRICS_PORT: "9100",
      TRUSTDESK_SHUTDOWN_SECONDS: "5",
    });
    expect(env).toMatchObject({
      metricsToken: "0123456789abcdef",
      workerMetrics: { host: "127.0.0.1", port: 9100 },
      shutdownSeconds: 5,
    });
  });
});

describe("the configuration of a migration", () => {
  it.each([
    [{ TRUSTDESK_OWNER_DATABASE_URL: "owner" }, { ownerUrl: "owner", workerUrl: "owner" }],
    [{ DATABASE_URL: "only" }, { ownerUrl: "only", workerUrl: "only" }],
    [
      { DATABASE_URL: "web", TRUSTDESK_OWNER_DATABASE_URL: "owner", TRUSTDESK_WORKER_DATABASE_URL: "worker" },
      { ownerUrl: "owner", workerUrl: "worker" },
    ],
  ])("needs a database only: %j", (source, expected) => {
    expect(parseMigrationEnv(source)).toEqual(expected);
  });

  it("names what is missing", () => {
    expect(() => parseMigrationEnv({ DATABASE_URL: "" })).toThrow("TRUSTDESK_OWNER_DATABASE_URL");
  });
});
