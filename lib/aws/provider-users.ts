import type { IAMClient, RoleDetail } from "@aws-sdk/client-iam";
import { GetAccountAuthorizationDetailsCommand } from "@aws-sdk/client-iam";
import { withPatience } from "./retry";

/**
 * Names of all roles in the account whose trust policy names the provider, in AWS's order. One call at a time, all
 * pages. IAM answers policies as URL-encoded JSON (RFC 3986; IAM API: GetAccountAuthorizationDetails).
 */
export async function providerUsers(iam: IAMClient, providerArn: string): Promise<string[]> {
  const users: string[] = [];
  let marker: string | undefined;
  do {
    const page = await withPatience(() =>
      iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ["Role"], Marker: marker })),
    );
    users.push(
      ...(page.RoleDetailList ?? [])
        .filter((role) => trusts(role, providerArn))
        .flatMap(({ RoleName }) => RoleName ?? []),
    );
    marker = page.IsTruncated ? page.Marker : undefined;
  } while (marker);
  return users;
}

/** Anywhere in the document, be it JSON or not: better a provider too many kept than one deleted that a role needs. */
function trusts({ AssumeRolePolicyDocument: encoded = "" }: RoleDetail, providerArn: string): boolean {
  if (encoded === "") return false;
  const text = decodeURIComponent(encoded);
  try {
    return JSON.stringify(JSON.parse(text)).includes(JSON.stringify(providerArn));
  } catch {
    return text.replaceAll("\\/", "/").includes(providerArn);
  }
}
