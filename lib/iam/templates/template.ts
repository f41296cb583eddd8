import type { PolicyDocument } from "../policy-schema";

export interface TemplateParameter {
  name: string;
  label: string;
  placeholder: string;
  hint: string;
  /** What is wrong with the value as typed, or null; null for the empty one where the parameter is optional. */
  problem(value: string): string | null;
}

/** Where the role will live. */
export interface TemplatePlace {
  partition: string;
  accountId: string;
  region: string;
}

/** Permissions for a common job, from a few words. */
export interface PermissionTemplate {
  id: string;
  title: string;
  parameters: readonly TemplateParameter[];
  /** Values must be free of problems. */
  build(values: Readonly<Record<string, string>>, place: TemplatePlace): PolicyDocument;
  /** What it permits, in one or two sentences; values as for `build`. */
  describe(values: Readonly<Record<string, string>>): string;
}
