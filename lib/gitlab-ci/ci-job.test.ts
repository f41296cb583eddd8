import { expect, it } from "vitest";
import { ciVariables, gitlabCiYaml } from "./ci-job";

const audience = "https://sts.amazonaws.com";

it("gives the article's three variables", () => {
  expect(ciVariables({ region: "us-east-1", roleArn: "arn:aws:iam::1:role/r", audience })).toEqual([
    { key: "AWS_REGION", value: "us-east-1" },
    { key: "AWS_ROLE_ARN", value: "arn:aws:iam::1:role/r" },
    { key: "OIDC_AUDIENCE", value: audience },
  ]);
});

it("asks for a token with the audience and hands it over in a file", () => {
  const yaml = gitlabCiYaml({ audience });
  expect(yaml).toContain("aud: $OIDC_AUDIENCE");
  expect(yaml).toContain("web_identity_token_file=/tmp/web_identity_token");
});
