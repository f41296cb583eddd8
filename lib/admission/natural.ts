import { classesBeyond } from "@/lib/gitlab-ci/mint/classes-beyond";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import type { NaturalCalls } from "./compare";
import { mentionedProjects } from "./mentioned";
import type { Provider } from "./tokens";
import { sliceOf } from "./tokens";
import { tokenWitness } from "./witness";

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

/** Tokens of projects that the trusts name, and of others: a difference is shown by one that GitLab can mint where there is one. */
export function naturalCalls(policies: readonly TrustPolicy[], provider: Provider): NaturalCalls[] {
  const mentioned = policies.flatMap((policy) => mentionedProjects(policy, provider.issuer));
  return classesBeyond({ ...nowhere, issuer: provider.issuer }, mentioned)
    .filter(({ kind }) => kind === "other-project")
    .map((tokens) => ({
      slice: sliceOf(tokens, provider),
      witness: (point) => tokenWitness({ ...tokens, words: tokens.words }, provider, point),
    }));
}
