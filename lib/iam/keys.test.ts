import { describe, expect, it } from "vitest";
import { keyRows } from "./key-rows";
import { keyKnowledge, keyMeaning } from "./keys";

const gitlabCom = "https://gitlab.com";
const own = "https://gitlab.example.com:8443/git";
const providerArn = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";

describe("what is known of a key", () => {
  it.each<[string, string, unknown]>([
    ["gitlab.com:sub", gitlabCom, { is: "token", claim: "sub" }],
    ["GitLab.com:PROJECT_ID", gitlabCom, { is: "token", claim: "project_id" }],
    ["gitlab.com:oaud", gitlabCom, { is: "token", claim: "oaud" }],
    ["gitlab.com:environment", gitlabCom, { is: "absent" }],
    ["gitlab.example.com:8443/git:sub", own, { is: "token", claim: "sub" }],
    ["gitlab.example.com:8443/git:project_id", own, { is: "absent" }],
    ["gitlab.example.com:sub", own, { is: "absent" }],
    ["gitlab.com:sub", own, { is: "absent" }],
    ["AWS:requesttag/Team", gitlabCom, { is: "absent" }],
    ["aws:CurrentTime", gitlabCom, { is: "time", as: "ISO 8601" }],
    ["aws:PrincipalOrgID", gitlabCom, null],
    ["aws:Invented", gitlabCom, null],
    ["invented:key", gitlabCom, null],
    ["no-colon", gitlabCom, null],
    ["iam:ResourceTag/x", gitlabCom, { is: "optional" }],
    ["iam:PassedToService", gitlabCom, { is: "absent" }],
  ])("%s of a token of %s", (key, issuer, expected) => expect(keyKnowledge(key, issuer)).toEqual(expected));

  it("depends on the provider, where that is known", () => {
    expect(keyKnowledge("aws:PrincipalAccount", gitlabCom, providerArn)).toEqual({
      is: "fixed",
      value: "111122223333",
    });
    expect(keyKnowledge("aws:userid", gitlabCom, providerArn)).toEqual({ is: "fixed", value: providerArn });
    expect(keyKnowledge("aws:PrincipalAccount", gitlabCom)).toEqual({ is: "optional" });
    expect(keyKnowledge("aws:PrincipalAccount", gitlabCom, "no ARN")).toEqual({ is: "optional" });
  });

  it("is said in a sentence, with its page", () => {
    const said = (key: string) => keyMeaning(key, gitlabCom)?.meaning;
    expect(said("aws:PrincipalTag/a")).toBe("GitLab's tokens carry no tags for AWS.");
    expect(said("gitlab.com:environment")).toBe("AWS makes no key of that claim.");
    expect(said("gitlab.example.com:sub")).toBe("It is a key of another provider's tokens.");
    expect(said("gitlab.com:aud")).toBe("The token's aud.");
    expect(said("invented:key")).toBeUndefined();
  });

  it("stands in one row each, on a page that can be opened", () => {
    const names = keyRows.map(({ key }) => key.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const { source, meaning } of keyRows) {
      expect(new URL(source).protocol).toBe("https:");
      expect(meaning).toMatch(/\.$/);
    }
  });
});
