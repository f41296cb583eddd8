import { AddClientIDToOpenIDConnectProviderCommand, CreateOpenIDConnectProviderCommand, CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { Change } from "@/lib/plan/change";
import type { AwsAccess } from "./access";
import { withPatience } from "./retry";

/** The tag that proves which request made a role; it is added at the call, so that a plan's digest does not depend on it. */
export const applyTag = "trustdesk:apply";

/** Changes AWS; verbs take it as an argument. */
export interface AwsWriter {
  /** Does one change. `requestId` is our role request's id; the answer is AWS's request id. */
  perform(change: Change, requestId: string): Promise<{ awsRequestId: string | null }>;
}

/** A writer that acts through `access`. Errors are the SDK's own: `awsFailure` puts them into words. */
export function awsWriter({ iam }: AwsAccess): AwsWriter {
  return {
    perform: async (change, requestId) => {
      const answer = await withPatience(() => send(iam, change, requestId));
      return { awsRequestId: answer.$metadata.requestId ?? null };
    },
  };
}

type Answer = { $metadata: { requestId?: string | undefined } };

function send(iam: IAMClient, change: Change, requestId: string): Promise<Answer> {
  switch (change.kind) {
    case "create-provider":
      // No thumbprint: AWS fetches and stores it (IAM CreateOpenIDConnectProvider).
      return iam.send(new CreateOpenIDConnectProviderCommand({ Url: change.after.url, ClientIDList: change.after.audiences }));
    case "add-audience":
      return iam.send(new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: change.arn, ClientID: change.audience }));
    case "create-role":
      return createRole(iam, change, requestId);
    case "put-inline-policy":
      return iam.send(new PutRolePolicyCommand({ RoleName: change.roleName, PolicyName: change.policyName, PolicyDocument: JSON.stringify(change.after) }));
    case "keep-provider":
      return Promise.resolve({ $metadata: {} });
  }
}

function createRole(iam: IAMClient, change: Extract<Change, { kind: "create-role" }>, requestId: string): Promise<Answer> {
  const { name, path, trustPolicy, description, maxSessionSeconds, boundaryArn, tags } = change.after;
  return iam.send(
    new CreateRoleCommand({
      RoleName: name,
      Path: path,
      AssumeRolePolicyDocument: JSON.stringify(trustPolicy),
      Description: description || undefined,
      MaxSessionDuration: maxSessionSeconds,
      PermissionsBoundary: boundaryArn ?? undefined,
      Tags: Object.entries({ ...tags, [applyTag]: requestId }).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
}
