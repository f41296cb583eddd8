import type { PolicyDocument } from "../policy-schema";
import { listOf } from "../policy-schema";

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
  /**
   * The inverse of `build`: the values that a policy seems to be built from. Whether it is just that policy, and the
   * values free of problems, is for the caller to see. `templateOf` does.
   */
  valuesIn(policy: PolicyDocument, place: TemplatePlace): Record<string, string>;
  /** What it permits, in one or two sentences; values as for `build`. */
  describe(values: Readonly<Record<string, string>>): string;
}

/** The resources of the statement with that name; empty where there is none. */
export function resourcesOf({ Statement }: PolicyDocument, sid: string): string[] {
  return listOf(Statement.find(({ Sid }) => Sid === sid)?.Resource);
}

/** What stands between a beginning and an end; empty where the text does not begin and end so. */
export function between(start: string, text: string | undefined, end = ""): string {
  return text !== undefined && text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end)
    ? text.slice(start.length, text.length - end.length)
    : "";
}
