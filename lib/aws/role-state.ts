import type { Role, Tag } from "@aws-sdk/client-iam";
import { withExactNumbers } from "@/lib/iam/json-numbers";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { parseRawPolicy } from "@/lib/iam/policy-schema";
import type { RoleState } from "@/lib/plan/change";

/** What a role's description holds, whichever call answered it; its policies are read apart. */
export function roleFacts(role: Partial<Role>): Omit<RoleState, "inlinePolicies" | "attachedPolicies"> {
  return {
    arn: role.Arn ?? "",
    name: role.RoleName ?? "",
    path: role.Path ?? "/",
    uniqueId: role.RoleId ?? "",
    trustPolicy: policyOf(role.AssumeRolePolicyDocument),
    description: role.Description ?? "",
    maxSessionSeconds: role.MaxSessionDuration ?? 3600,
    boundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    tags: tagsOf(role.Tags),
    createdAt: role.CreateDate?.toISOString() ?? "",
    lastUsedAt: role.RoleLastUsed?.LastUsedDate?.toISOString() ?? null,
  };
}

/** A policy as it was written, a number that would lose digits as text, from how IAM answers it: URL-encoded (RFC 3986), which the SDK leaves so. Throws when it is not one. */
export function policyOf(encoded: string | undefined): RawPolicy {
  const parsed = parseRawPolicy(withExactNumbers(decodeURIComponent(encoded ?? "")));
  if (!parsed.ok) throw new Error(`AWS answered a policy document that is not one: ${parsed.reason}`);
  return parsed.policy;
}

function tagsOf(tags: Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
}
