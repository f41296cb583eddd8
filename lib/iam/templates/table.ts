import type { RawPolicy } from "../policy-schema";
import { readPolicy, samePolicy } from "../policy-schema";
import { cloudfrontInvalidation } from "./cloudfront-invalidation";
import { ecrPush } from "./ecr-push";
import { lambdaDeploy } from "./lambda-deploy";
import { s3Deploy } from "./s3-deploy";
import type { PermissionTemplate, TemplatePlace } from "./template";
import { terraformState } from "./terraform-state";

/** In the order in which the form offers them. */
export const templates: readonly PermissionTemplate[] = [
  s3Deploy,
  ecrPush,
  lambdaDeploy,
  terraformState,
  cloudfrontInvalidation,
];

/** The template that makes just this policy, with its values: every parameter has one, empty where it is left out. Null for none. */
export function templateOf(
  policy: RawPolicy,
  place: TemplatePlace,
): { template: PermissionTemplate; values: Record<string, string> } | null {
  for (const template of templates) {
    const values = template.valuesIn(readPolicy(policy), place);
    const isWhole = template.parameters.every(({ name, problem }) => problem(values[name] ?? "") === null);
    if (isWhole && samePolicy(template.build(values, place), policy)) return { template, values };
  }
  return null;
}
