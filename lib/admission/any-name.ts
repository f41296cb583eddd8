import type { RefType } from "@/lib/gitlab-ci/claims";
import { classOfRef } from "@/lib/gitlab-ci/mint/class-of-ref";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import { tokenEntrance } from "./entrance";
import type { Provider } from "./tokens";

/** A branch, or a tag, of a name that nobody has ever heard of gets in: then practically every one does. */
export interface AnyName {
  type: RefType;
  /** Only as long as the ref is protected. */
  protectedOnly: boolean;
  /** By which statement, from 0. */
  statement: number | null;
}

/** Unlike any name that a policy has in mind. */
const unheardOf = "zq7-unheard-of";

/** For which kinds of refs practically every name gets in, as far as anybody can tell, whatever the project's rules are. */
export function anyNames(policy: TrustPolicy, project: MintingProject, provider: Provider): AnyName[] {
  return (["branch", "tag"] as const).flatMap((type) => {
    const by = (isProtected: boolean) =>
      tokenEntrance(policy, classOfRef(project, { name: unheardOf, type, protected: isProtected }), provider, null);
    const open = by(false);
    const found = open ?? by(true);
    return found ? [{ type, protectedOnly: open === null, statement: found.statement }] : [];
  });
}
