import { classesBeyond } from "@/lib/gitlab-ci/mint/classes-beyond";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import type { MentionedProject, TokenClass } from "@/lib/gitlab-ci/mint/token-class";
import { takes } from "@/lib/language/search";

/** acme/shop of gitlab.com, project 20: `main`, `feature/x` and `v1`; only main, `release/*` and `v*` are protected. */
export function mintingProject(differs: Partial<MintingProject> = {}): MintingProject {
  return {
    issuer: "https://gitlab.com",
    path: "acme/shop",
    id: "20",
    namespaceId: "55",
    components: ["project_path", "ref_type", "ref"],
    refs: [
      { name: "main", type: "branch", protected: true },
      { name: "feature/x", type: "branch", protected: false },
      { name: "v1", type: "tag", protected: true },
    ],
    protectedBranches: [
      { name: "main", push: 40, merge: 40 },
      { name: "release/*", push: 0, merge: 40 },
    ],
    protectedTags: [{ name: "v*", create: 40 }],
    gitlabVersion: "19.4.1-ee",
    visibility: "private",
    forksRunInParent: true,
    ...differs,
  };
}

/** Whether a token that says this can be of the class; what the claims given do not name is not asked. */
export function holds({ claims }: TokenClass, token: Readonly<Record<string, string>>): boolean {
  return Object.entries(token).every(([name, value]) =>
    claims[name]?.values.every(({ pattern, inside }) => takes(pattern, value) === inside),
  );
}

type Kind = TokenClass["kind"];

/** The classes of one kind beyond what acme/shop's existing refs mint. */
export function classesOf(
  kind: Kind,
  differs: Partial<MintingProject> = {},
  mentioned: readonly MentionedProject[] = [],
): TokenClass[] {
  return classesBeyond(mintingProject(differs), mentioned).filter((each) => each.kind === kind);
}

/** Who can have the token minted by a class of this kind; empty where none of them holds it. */
export function mintedBy(
  kind: Kind,
  token: Readonly<Record<string, string>>,
  differs: Partial<MintingProject> = {},
): string[] {
  return classesOf(kind, differs)
    .filter((each) => holds(each, token))
    .map(({ who }) => who);
}
