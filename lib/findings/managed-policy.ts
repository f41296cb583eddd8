import type { FindingKind } from "./kind";

/** AWS managed policies with which a role may do everything, or give itself that (AWS Managed Policy Reference). */
const nearlyAll = /^arn:[^:]+:iam::aws:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;

/** Policies that are attached, not written here: the widest ones by name; of others nobody here knows what they allow. */
export const managedPolicy: FindingKind<"managed-policy"> = {
  id: "managed-policy",
  where: "what",
  severities: ["caution", "danger"],
  title: "Permissions that are not shown",
  about:
    "A managed policy is attached to the role. What it allows is written elsewhere and can change without this role; the widest ones of AWS let whoever gets in do nearly everything.",
  mending: "Write what the pipeline needs into an inline policy, and detach the managed one.",
  find({ attachedPolicies }) {
    if (attachedPolicies.length === 0) return null;
    const widest = attachedPolicies.filter((arn) => nearlyAll.test(arn));
    const names = (arns: readonly string[]) => arns.map((arn) => arn.split("/").at(-1)).join(", ");
    if (widest.length > 0)
      return {
        severity: "danger",
        title: "Full access by a managed policy",
        why: `${names(widest)} is attached: whoever gets in may do nearly everything in the account, or give themselves the rest.`,
        names: widest,
      };
    return {
      severity: "caution",
      why: `${names(attachedPolicies)} is attached. What a managed policy allows is not read here, and it can change without this role.`,
      names: attachedPolicies,
    };
  },
};
