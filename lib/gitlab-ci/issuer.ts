/**
 * Host and path of an issuer, as AWS writes them in the provider's ARN and before the colon of its condition keys.
 * The scheme and `:443` are dropped; the path, its case and a trailing slash are kept: they make another provider.
 */
export function providerUrlPath(issuer: string): string {
  return issuer.replace(/^https?:\/\//i, "").replace(/^([^/:]+):443(?=\/|$)/, "$1");
}

/** Whether AWS knows provider-specific condition keys for the issuer: it does for gitlab.com alone. */
export function isGitlabCom(issuer: string): boolean {
  return providerUrlPath(issuer).toLowerCase() === "gitlab.com";
}
