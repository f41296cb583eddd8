import { defaultComponents } from "@/lib/gitlab-ci/components";
import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { classesBeyond, classOfMentioned } from "@/lib/gitlab-ci/mint/classes-beyond";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { MentionedProject, TokenClass } from "@/lib/gitlab-ci/mint/token-class";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import { many, sequence, text } from "@/lib/language/pattern";
import type { Constraint } from "@/lib/language/search";
import { mentionedProjects } from "./mentioned";
import type { CallKind } from "./only-in";
import { hasKeysOfItsOwn } from "./others";
import type { Provider } from "./tokens";
import { sliceOf } from "./tokens";
import { tokenWitness } from "./witness";

/** Calls whose witnesses are more natural than the shortest one of all. */
export interface NaturalCalls extends CallKind {
  /** Only asked where all others tell nothing: they take longer, and look odder. */
  isLast: boolean;
}

/** Nobody's project: every other one of the issuer is another. */
const nowhere: Omit<MintingProject, "issuer"> = {
  path: "zq7-nowhere/k9-nowhere",
  id: "918273645546372818",
  namespaceId: null,
  components: ["project_path", "ref_type", "ref"],
  refs: null,
  protectedBranches: null,
  protectedTags: null,
  gitlabVersion: null,
  visibility: null,
  forksRunInParent: false,
};

/**
 * Tokens of projects that the trusts name, and of others: a difference is shown by one that GitLab can mint where there is
 * one. Of another kind of issuer there are none.
 */
export function naturalCalls(policies: readonly TrustPolicy[], provider: Provider): NaturalCalls[] {
  if (hasKeysOfItsOwn(provider.issuer)) return [];
  const project = { ...nowhere, issuer: provider.issuer };
  const mentioned = mentionedProjects({ Statement: policies.flatMap(({ Statement }) => Statement) }, provider.issuer);
  const usual = mentioned.map((one) => classOfMentioned(project, one, defaultComponents));
  const classes = classesBeyond(project, mentioned).filter(({ kind }) => kind === "other-project");
  const words = `another project of ${providerUrlPath(provider.issuer)}`;
  const [other, ...anyOther] = classes
    .filter((tokens) => !tokens.mentioned)
    .map((tokens) => ({ ...without(tokens, mentioned), words }));
  const told = (tokens: TokenClass, isLast: boolean): NaturalCalls => ({
    isLast,
    slice: sliceOf(tokens, provider),
    witness: (point) => tokenWitness(tokens, provider, point),
  });
  return [
    ...[...usual, ...(other ? [other] : [])].map((tokens) => told(tokens, false)),
    ...[...classes.filter((tokens) => tokens.mentioned), ...anyOther].map((tokens) => told(tokens, true)),
  ];
}

/** The tokens of a class that do not name one of the projects. */
function without(tokens: TokenClass, mentioned: readonly MentionedProject[]): TokenClass {
  const butFor = (claim: string, values: readonly Constraint[]) => {
    const said = tokens.claims[claim];
    return said ? { [claim]: { ...said, values: [...said.values, ...values] } } : {};
  };
  const paths = mentioned.flatMap(({ path }) => path ?? []);
  const ids = mentioned.flatMap(({ id }) => id ?? []);
  const leads = [...paths.map((path) => `project_path:${path}:`), ...ids.map((id) => `project_id:${id}:`)];
  return {
    ...tokens,
    claims: {
      ...tokens.claims,
      ...butFor(
        "sub",
        leads.map((lead) => ({ pattern: sequence(text(lead), many()), inside: false })),
      ),
      ...butFor(
        "project_path",
        paths.map((path) => ({ pattern: text(path), inside: false })),
      ),
      ...butFor(
        "project_id",
        ids.map((id) => ({ pattern: text(id), inside: false })),
      ),
    },
  };
}
