import type { Pattern } from "@/lib/language/pattern";
import { text } from "@/lib/language/pattern";
import type { RefType } from "../claims";
import type { Source } from "./job-claims";
import { jobClaims, says, within } from "./job-claims";
import type { MintingProject } from "./project";
import { namesByCharacters } from "./ref-name";
import type { Truth } from "./subject-set";
import { rightly, subjectsOf, subjectsOfAnyComponents } from "./subject-set";
import type { Reach, TokenClass } from "./token-class";

/** Which of the project's jobs a class holds. */
export interface OfProject {
  kind: TokenClass["kind"];
  words: string;
  who: string;
  reach: Reach;
  type: RefType;
  /** Of the ref; missing: any name. */
  names?: Pattern;
  /** Which subjects it has not. */
  not?: readonly Pattern[];
  refProtected: Truth;
  source: Source;
}

/** Tokens that carry this project's path and id. */
export function classOfProject(project: MintingProject, given: OfProject): TokenClass {
  const values = {
    path: text(project.path),
    id: text(project.id),
    type: given.type,
    name: given.names ?? namesByCharacters,
    refProtected: given.refProtected,
  };
  const subjects = project.components
    ? subjectsOf(project.components, values)
    : subjectsOfAnyComponents(project, values);
  const without = (given.not ?? []).map((pattern) => ({ pattern, inside: false }));
  return {
    kind: given.kind,
    words: given.words,
    who: given.who,
    reach: given.reach,
    claims: jobClaims(project, {
      sub: says([...rightly(subjects), ...without], { chosen: true }),
      id: within(text(project.id)),
      namespaceId: project.namespaceId,
      refProtected: given.refProtected,
      source: given.source,
      by: "pushing",
    }),
  };
}

/** Where the subject may say what the claim says, a class holds one of the two: or it would hold both at odds. */
export function splitByProtection({ components }: MintingProject, refProtected: Truth): Truth[] {
  const isInSubject = !components || components.includes("ref_protected");
  return refProtected === "either" && isInSubject ? ["true", "false"] : [refProtected];
}

/** The class with its condition, in its words as well. */
export function onlyIf(made: TokenClass, condition: string): TokenClass {
  return { ...made, words: `${made.words}, if ${condition}`, onlyIf: condition };
}
