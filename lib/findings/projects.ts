import type { Survey } from "@/lib/admission/survey";

/** Another project of the issuer that gets in. */
interface OtherProject {
  /** Its path or id: the one that the trust names, or an example. */
  name: string;
  /** Whether the trust names it, whole. */
  isNamed: boolean;
  when: string | null;
  statement: number | null;
}

/** Other projects that get in: those that a trust names, then an example of all others. */
export function otherProjects({ beyond }: Survey): OtherProject[] {
  const found = beyond.flatMap(({ kind, mentioned, witness, statement }) => {
    if (kind !== "other-project") return [];
    const subject = witness?.claims["sub"] ?? "";
    const lead = /^(project_path|project_id):([^:]*)/.exec(subject);
    const example = lead?.[1] === "project_id" ? `project ${lead[2]}` : (lead?.[2] ?? "another project");
    const name = mentioned ? (mentioned.path ?? `project ${mentioned.id}`) : example;
    return [{ name, isNamed: mentioned !== null, when: witness?.when ?? null, statement }];
  });
  const named = found.filter(({ isNamed }) => isNamed).map(({ name }) => name);
  return found.filter(({ isNamed, name }) => isNamed || !named.includes(name));
}
