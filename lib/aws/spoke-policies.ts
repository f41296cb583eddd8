import type { IAMClient } from "@aws-sdk/client-iam";
import {
  GetAccountAuthorizationDetailsCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam";
import type { PolicyDocument } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import type { AwsAccess } from "./access";
import { withPatience } from "./retry";
import { inlinePolicyOf, policyOf } from "./role-state";

/** What a spoke role may do: its inline and attached policies, and what its boundary leaves of them. */
export interface SpokeRolePolicies {
  identity: PolicyDocument[];
  /** Null: it has none. */
  boundary: PolicyDocument[] | null;
}

/** Reads the policies of the role that `access` acts as. Errors are the SDK's own. Service control policies are not seen. */
export async function spokeRolePolicies({ iam }: AwsAccess, spokeRoleArn: string): Promise<SpokeRolePolicies> {
  const RoleName = spokeRoleArn.split("/").at(-1) ?? "";
  const { Role: role } = await withPatience(() => iam.send(new GetRoleCommand({ RoleName })));
  const boundaryArn = role?.PermissionsBoundary?.PermissionsBoundaryArn ?? null;
  const inline: PolicyDocument[] = [];
  for await (const page of paginateListRolePolicies({ client: iam }, { RoleName })) {
    for (const PolicyName of page.PolicyNames ?? [])
      inline.push(
        readOf(
          (await withPatience(() => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })))).PolicyDocument,
          inlinePolicyOf(RoleName, PolicyName),
        ),
      );
  }
  const attached: string[] = [];
  for await (const page of paginateListAttachedRolePolicies({ client: iam }, { RoleName }))
    attached.push(...(page.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []));
  const documents = await managedPolicies(iam, boundaryArn === null ? attached : [...attached, boundaryArn]);
  const identity = [...inline, ...attached.flatMap((arn) => documents.get(arn) ?? [])];
  return { identity, boundary: boundaryArn === null ? null : [documents.get(boundaryArn) ?? []].flat() };
}

/** The documents of managed policies by ARN; those of GetAccountAuthorizationDetails, which needs no further permission. */
async function managedPolicies(iam: IAMClient, arns: readonly string[]): Promise<Map<string, PolicyDocument>> {
  const found = new Map<string, PolicyDocument>();
  let marker: string | undefined;
  if (arns.length === 0) return found;
  do {
    const page = await withPatience(() =>
      iam.send(
        new GetAccountAuthorizationDetailsCommand({
          Filter: ["LocalManagedPolicy", "AWSManagedPolicy"],
          Marker: marker,
        }),
      ),
    );
    for (const { Arn = "", PolicyVersionList: versions = [] } of page.Policies ?? []) {
      const document = versions.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document;
      if (arns.includes(Arn) && document !== undefined) found.set(Arn, readOf(document, `the managed policy ${Arn}`));
    }
    marker = page.IsTruncated && found.size < arns.length ? page.Marker : undefined;
  } while (marker);
  return found;
}

function readOf(encoded: string | undefined, which: string): PolicyDocument {
  return readPolicy(policyOf(encoded, which));
}
