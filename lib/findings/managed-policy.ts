import type { Check } from "./finding";

/** AWS managed policies with which a role may do everything, or give itself that (AWS Managed Policy Reference). */
const nearlyAll = /^arn:[^:]+:iam::aws:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;

/** Policies that are attached, not written here: the widest ones by name; of others nobody here knows what they allow. */
export const managedPolicy: Check = ({ attachedPolicies }) => {
  if (attachedPolicies.length === 0) return null;
  const widest = attachedPolicies.filter((arn) => nearlyAll.test(arn));
  const names = (arns: readonly string[]) => arns.map((arn) => arn.split("/").at(-1)).join(", ");
  if (widest.length > 0)
    return {
      ...finding,
      severity: "danger",
      title: "Full access by a managed policy",
      why: `${names(widest)} is attached: whoever gets in may do nearly everything in the account, or give themselves the rest.`,
    };
  return {
    ...finding,
    severity: "caution",
    title: "Permissions that are not shown",
    why: `${names(attachedPolicies)} is attached. What a managed policy allows is not read here, and it can change without this role.`,
  };
};

const finding = { id: "managed-policy", mend: null, mendId: null, where: "what" } as const;
