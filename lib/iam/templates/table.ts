import { s3Deploy } from "./s3-deploy";
import type { PermissionTemplate } from "./template";

export const templates: readonly PermissionTemplate[] = [s3Deploy];
