import type { Change, Plan, RoleDocument } from "@/lib/plan/change";
import type { DesiredRole } from "@/lib/plan/diff";

type CreateRole = Extract<Change, { kind: "create-role" }>;

/** What planRole was given when it made this plan: read back out of its changes. `audience` is the draft's. */
export function desiredOfPlan(plan: Plan, audience: string): DesiredRole {
  return { accountId: plan.accountId, partition: plan.roleArn.split(":")[1] ?? "aws", issuer: issuerOf(plan), audience, role: roleDocumentOf(plan) };
}

/** The role that a plan makes, its inline policies included. */
export function roleDocumentOf(plan: Plan): RoleDocument {
  const created = plan.changes.find((change): change is CreateRole => change.kind === "create-role");
  if (!created) throw new Error("A plan without a role to make");
  const policies = plan.changes.flatMap((change) => (change.kind === "put-inline-policy" ? [[change.policyName, change.after] as const] : []));
  return { ...created.after, inlinePolicies: Object.fromEntries(policies) };
}

/** The issuer's https URL: a provider's ARN ends in it, without the scheme. */
function issuerOf(plan: Plan): string {
  for (const change of plan.changes) {
    if (change.kind === "create-provider") return change.url;
    if (change.kind === "add-audience" || change.kind === "keep-provider") return `https://${change.arn.slice(change.arn.indexOf(":oidc-provider/") + ":oidc-provider/".length)}`;
  }
  throw new Error("A plan that says nothing about its identity provider");
}
