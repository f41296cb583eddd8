import type { IAMClient } from "@aws-sdk/client-iam";
import { GetOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import type { ProviderState } from "@/lib/plan/change";
import { orNull } from "./retry";

/** The OIDC provider of that ARN, or null when the account has none. */
export async function readProvider(iam: IAMClient, arn: string): Promise<ProviderState | null> {
  const found = await orNull(() => iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })));
  if (!found) return null;
  return { arn, url: found.Url ?? "", audiences: found.ClientIDList ?? [], thumbprints: found.ThumbprintList ?? [] };
}
