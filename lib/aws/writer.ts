import type { IAMClient } from "@aws-sdk/client-iam";
import {
  AddClientIDToOpenIDConnectProviderCommand,
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type { Change } from "@/lib/plan/change";
import { applyTag } from "@/lib/plan/change";
import type { AwsAccess } from "./access";
import { withPatience } from "./retry";

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
      return iam.send(
        new CreateOpenIDConnectProviderCommand({ Url: change.after.url, ClientIDList: change.after.audiences }),
      );
    case "add-audience":
      return iam.send(
        new AddClientIDToOpenIDConnectProviderCommand({
          OpenIDConnectProviderArn: change.arn,
          ClientID: change.audience,
        }),
      );
    case "create-role":
      return createRole(iam, change, requestId);
    case "delete-provider":
      return iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: change.arn }));
    case "keep-provider":
    case "adopt-role":
      return Promise.resolve({ $metadata: {} });
    default:
      return sendToRole(iam, change);
  }
}

type ProviderOrNew =
  | "create-provider"
  | "add-audience"
  | "create-role"
  | "delete-provider"
  | "keep-provider"
  | "adopt-role";

/** The changes of a role that is there. */
function sendToRole(iam: IAMClient, change: Exclude<Change, { kind: ProviderOrNew }>): Promise<Answer> {
  const RoleName = change.roleName;
  switch (change.kind) {
    case "put-inline-policy":
      return iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: change.policyName,
          PolicyDocument: JSON.stringify(change.after),
        }),
      );
    case "delete-inline-policy":
      return iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: change.policyName }));
    case "update-trust":
      return iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(change.after) }));
    case "update-role":
      return iam.send(
        new UpdateRoleCommand({
          RoleName,
          Description: change.after.description,
          MaxSessionDuration: change.after.maxSessionSeconds,
        }),
      );
    case "put-boundary":
      return iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: change.after }));
    case "delete-boundary":
      return iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    case "tag-role":
      return iam.send(new TagRoleCommand({ RoleName, Tags: awsTags(change.after) }));
    case "attach-policy":
      return iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: change.policyArn }));
    case "detach-policy":
      return iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: change.policyArn }));
    case "delete-role":
      return iam.send(new DeleteRoleCommand({ RoleName }));
  }
}

function createRole(
  iam: IAMClient,
  change: Extract<Change, { kind: "create-role" }>,
  requestId: string,
): Promise<Answer> {
  const { name, path, trustPolicy, description, maxSessionSeconds, boundaryArn, tags } = change.after;
  return iam.send(
    new CreateRoleCommand({
      RoleName: name,
      Path: path,
      AssumeRolePolicyDocument: JSON.stringify(trustPolicy),
      Description: description || undefined,
      MaxSessionDuration: maxSessionSeconds,
      PermissionsBoundary: boundaryArn ?? undefined,
      Tags: awsTags({ ...tags, [applyTag]: requestId }),
    }),
  );
}

function awsTags(tags: Record<string, string>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
