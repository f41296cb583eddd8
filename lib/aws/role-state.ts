import type { Role, Tag } from "@aws-sdk/client-iam";
import { withExactNumbers } from "@/lib/iam/json-numbers";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { parseRawPolicy } from "@/lib/iam/policy-schema";
import type { RoleState } from "@/lib/plan/change";
import { rawControlIn, UnreadablePolicy } from "./unreadable-policy";

/** What a role's description holds, whichever call answered it; its policies are read apart. */
export function roleFacts(role: Partial<Role>): Omit<RoleState, "inlinePolicies" | "attachedPolicies"> {
  return {
    arn: role.Arn ?? "",
    name: role.RoleName ?? "",
    path: role.Path ?? "/",
    uniqueId: role.RoleId ?? "",
    trustPolicy: policyOf(role.AssumeRolePolicyDocument, `the trust policy of the role ${role.RoleName ?? ""}`),
    description: role.Description ?? "",
    maxSessionSeconds: role.MaxSessionDuration ?? 3600,
    boundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    tags: tagsOf(role.Tags),
    createdAt: role.CreateDate?.toISOString() ?? "",
    lastUsedAt: role.RoleLastUsed?.LastUsedDate?.toISOString() ?? null,
  };
}

/**
 * A policy as it was written, a number that would lose digits as text, from how IAM answers it: URL-encoded (RFC 3986), which the SDK leaves so.
 * @param which policy it is, e.g. "the inline policy deploy of the role web": an UnreadablePolicy is thrown with it
 */
export function policyOf(encoded: string | undefined, which: string): RawPolicy {
  const text = decoded(encoded ?? "");
  if (text === null) throw new UnreadablePolicy(which, "AWS did not answer it in URL encoding.");
  const parsed = parseRawPolicy(withExactNumbers(text));
  if (parsed.ok) return parsed.policy;
  throw new UnreadablePolicy(which, rawControlIn(text) ?? parsed.reason);
}

/** What an inline policy is called where it cannot be read. */
export function inlinePolicyOf(roleName: string, policyName: string): string {
  return `the inline policy ${policyName} of the role ${roleName}`;
}

function decoded(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

function tagsOf(tags: Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
}
