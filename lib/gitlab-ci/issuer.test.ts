import { expect, it } from "vitest";
import { isGitlabCom, providerUrlPath } from "./issuer";

// As AWS answered CreateOpenIDConnectProvider: case and the slash at the end are kept, :443 is dropped.
it.each([
  ["https://oidc-keys.s3.eu-central-1.amazonaws.com/ci/", "oidc-keys.s3.eu-central-1.amazonaws.com/ci/"],
  ["https://oidc-keys.s3.eu-central-1.amazonaws.com/ci", "oidc-keys.s3.eu-central-1.amazonaws.com/ci"],
  ["https://GitLab.Example.com/GitLab", "GitLab.Example.com/GitLab"],
  ["HTTPS://gitlab.example.com", "gitlab.example.com"],
  ["https://gitlab.example.com:8443/root", "gitlab.example.com:8443/root"],
  ["https://gitlab.example.com:443/root/", "gitlab.example.com/root/"],
  ["https://gitlab.example.com:4430", "gitlab.example.com:4430"],
  ["https://gitlab.example.com/a:443/b", "gitlab.example.com/a:443/b"],
])("of %s the provider is %s", (issuer, provider) => {
  expect(providerUrlPath(issuer)).toBe(provider);
});

it.each([
  ["https://gitlab.com", true],
  ["https://GitLab.com", true],
  ["https://gitlab.com/", false],
  ["https://gitlab.com/gitlab", false],
  ["https://gitlab.com.evil.example", false],
])("whether %s is gitlab.com, of which AWS knows more keys: %s", (issuer, is) => {
  expect(isGitlabCom(issuer)).toBe(is);
});
