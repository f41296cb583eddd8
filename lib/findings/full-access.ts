import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { listOf } from "@/lib/iam/policy-schema";
import type { Check } from "./finding";

/** Everything on everything; or everything of one AWS service. */
export const fullAccess: Check = ({ inlinePolicies }) => {
  const statements = inlinePolicies.flatMap(({ Statement }) => Statement);
  const wide = statements.filter(
    ({ Effect, Resource, NotResource }) =>
      Effect === "Allow" &&
      (listOf(Resource).some((resource) => resource === "*" || isEveryBucket(resource)) || NotResource !== undefined),
  );
  if (wide.some(isEveryAction))
    return {
      ...finding,
      severity: "danger",
      title: "Full access",
      why: "Every action on every resource: whoever gets in owns the account.",
    };
  const services = [
    ...new Set(
      wide
        .flatMap(({ Action }) => listOf(Action))
        .flatMap((action) => /^([\w-]+):\*$/.exec(action)?.[1]?.toLowerCase() ?? []),
    ),
  ];
  if (services.length === 0) return null;
  const named = services
    .map((service) =>
      service === "s3" ? "every S3 action on every bucket" : `every ${service} action on every resource`,
    )
    .join(", ");
  return { ...finding, severity: "caution", title: "A whole service", why: `The role may do ${named} of the account.` };
};

const finding = { id: "full-access", mend: "Use the S3 template", mendId: "use-template", where: "what" } as const;

function isEveryAction({ Action, NotAction }: PolicyStatement): boolean {
  return NotAction !== undefined || listOf(Action).some((action) => /^\*+(:\*+)?$/.test(action));
}

function isEveryBucket(resource: string): boolean {
  return /^arn:[^:]+:s3:::\*+(\/\*+)?$/.test(resource);
}
