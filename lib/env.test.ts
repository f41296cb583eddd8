import { describe, expect, it } from "vitest";
import { parseEnv } from "./env";

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
    expect(env).toMatchObject({ gitlabIssuer: "https://gitlab.example.com/gitlab", workerDatabaseUrl: whole.DATABASE_URL, ownerDatabaseUrl: whole.DATABASE_URL, instanceId: "gitlab.example.com/gitlab", gitlabBotToken: null });
    expect(parseEnv({ ...whole, TRUSTDESK_GITLAB_ISSUER: "https://gitlab.com" }).gitlabIssuer).toBe("https://gitlab.com");
  });

  it.each([
    ["DATABASE_URL", undefined, /DATABASE_URL is not set/],
    ["GITLAB_CLIENT_ID", "", /GITLAB_CLIENT_ID is not set/],
    ["GITLAB_URL", "gitlab.example.com", /GITLAB_URL must be an http or https address/],
    ["NEXTAUTH_SECRET", "short", /NEXTAUTH_SECRET must have at least 32 characters/],
    ["TRUSTDESK_LOG_LEVEL", "loud", /TRUSTDESK_LOG_LEVEL/],
  ])("names %s when it is %j, without telling any value", (name, value, sentence) => {
    const parse = () => parseEnv({ ...whole, [name]: value });
    expect(parse).toThrow(sentence);
    expect(parse).not.toThrow(/0123456789abcdef/);
  });
});
