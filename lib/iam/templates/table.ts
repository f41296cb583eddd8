import { cloudfrontInvalidation } from "./cloudfront-invalidation";
import { ecrPush } from "./ecr-push";
import { lambdaDeploy } from "./lambda-deploy";
import { s3Deploy } from "./s3-deploy";
import type { PermissionTemplate } from "./template";
import { terraformState } from "./terraform-state";

/** In the order in which the form offers them. */
export const templates: readonly PermissionTemplate[] = [
  s3Deploy,
  ecrPush,
  lambdaDeploy,
  terraformState,
  cloudfrontInvalidation,
];
