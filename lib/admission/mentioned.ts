import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { MentionedProject } from "@/lib/gitlab-ci/mint/token-class";
import type { PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";
import { listOf } from "@/lib/iam/policy-schema";

/**
 * Projects that a trust names whole, by path or id: asked about by themselves, so that an answer names them. Reading the
 * text decides nothing: whoever gets in is in the set, named or not.
 */
export function mentionedProjects({ Statement }: Pick<TrustPolicy, "Statement">, issuer: string): MentionedProject[] {
  const found = Statement.flatMap((statement) => {
    const ids = valuesOf(statement, issuer, "project_id").filter((id) => /^\d+$/.test(id));
    const leads = valuesOf(statement, issuer, "sub").flatMap((subject) => leadOf(subject) ?? []);
    const paths = leads.flatMap(({ path }) => path ?? []);
    const all = [...ids, ...leads.flatMap(({ id }) => id ?? [])];
    const [onlyId] = all;
    if (all.length === 1 && paths.length === 1) return [{ path: paths[0] ?? null, id: onlyId ?? null }];
    return [...paths.map((path) => ({ path, id: null })), ...all.map((id) => ({ path: null, id }))];
  });
  const texts = found.map((one) => `${one.path} ${one.id}`);
  return found.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
}

function valuesOf({ Condition }: PolicyStatement, issuer: string, claim: string): string[] {
  const key = `${providerUrlPath(issuer)}:${claim}`.toLowerCase();
  return Object.values(Condition ?? {}).flatMap((keys) =>
    Object.entries(keys).flatMap(([name, values]) => (name.toLowerCase() === key ? listOf(values) : [])),
  );
}

/** The project that a subject begins with, whole; null where a wildcard stands in it. */
function leadOf(subject: string): { path?: string; id?: string } | null {
  const [, component, value = ""] = /^(project_path|project_id):([^:]*)(?::|$)/.exec(subject) ?? [];
  if (!component || value === "" || /[*?]/.test(value)) return null;
  return component === "project_id" ? { id: value } : { path: value };
}
