import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { listOf } from "@/lib/iam/policy-schema";
import type { FindingKind } from "./kind";

/** Everything on everything; or everything of one AWS service. */
export const fullAccess: FindingKind<"full-access"> = {
  id: "full-access",
  where: "what",
  severities: ["caution", "danger"],
  title: "Full access",
  about:
    "The permissions hold every action on every resource, or every action of a whole AWS service. Whoever gets in owns the account, or all that the service holds.",
  mending: "Name the actions and the resources that the pipeline needs; the templates do.",
  find({ inlinePolicies }) {
    const wide = inlinePolicies
      .flatMap(({ Statement }) => Statement)
      .filter(
        ({ Effect, Resource, NotResource }) =>
          Effect === "Allow" &&
          (listOf(Resource).some((resource) => resource === "*" || isEveryBucket(resource)) ||
            NotResource !== undefined),
      );
    if (wide.some(isEveryAction))
      return {
        severity: "danger",
        why: "Every action on every resource: whoever gets in owns the account.",
        names: ["every action"],
        mendId: "use-template",
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
    return {
      severity: "caution",
      title: "A whole service",
      why: `The role may do ${named} of the account.`,
      names: services,
      mendId: "use-template",
    };
  },
};

function isEveryAction({ Action, NotAction }: PolicyStatement): boolean {
  return NotAction !== undefined || listOf(Action).some((action) => /^\*+(:\*+)?$/.test(action));
}

function isEveryBucket(resource: string): boolean {
  return /^arn:[^:]+:s3:::\*+(\/\*+)?$/.test(resource);
}
