import type { SubjectComponent } from "./claims";
import { patternMatches } from "./ref-pattern";
import { isAtLeast, numbersOf } from "./version";

/** What GitLab's API tells of a project; null for what it does not show. */
export interface WideningFacts {
  /** As `/metadata` answers it, e.g. "19.4.1-ee". */
  version: string | null;
  visibility: string;
  /** How many forks GitLab counts. */
  forks: number | null;
  defaultBranch: string | null;
  components: readonly SubjectComponent[] | null;
  /** `ci_allow_fork_pipelines_to_run_in_parent_project`. */
  forksRunInParent: boolean | null;
  /** Each rule's name or wildcard, with the least access level that may push or merge there; 0 for no one or named people only. */
  protectedBranches: readonly RefRule[] | null;
  /** Likewise, with the least access level that may create such a tag. */
  protectedTags: readonly RefRule[] | null;
}

interface RefRule {
  pattern: string;
  leastLevel: number;
}

/** One circumstance that decides who can have a token minted, in words. */
export interface Widening {
  id:
    | "subject"
    | "default-branch"
    | "unprotected-branches"
    | "protected-branches"
    | "tags"
    | "merge-requests"
    | "forks"
    | "visibility"
    | "reused-path";
  state: "widens" | "narrow" | "unknown";
  sentence: string;
  /** What to do about it; empty when there is nothing to do. */
  todo: string;
}

type Judgement = Omit<Widening, "id">;

const developer = 30;
const askMaintainer = "Ask a Maintainer of the project to look here.";
const pinProtection = "Trust protected refs only: pin ref_protected (gitlab.com), or add it to the subject components.";

const widens = (sentence: string, todo: string): Judgement => ({ state: "widens", sentence, todo });
const narrow = (sentence: string): Judgement => ({ state: "narrow", sentence, todo: "" });
const unknown = (sentence: string, todo: string): Judgement => ({ state: "unknown", sentence, todo });

const table: readonly { id: Widening["id"]; judge: (facts: WideningFacts) => Judgement }[] = [
  { id: "subject", judge: ofSubject },
  { id: "default-branch", judge: ofDefaultBranch },
  { id: "protected-branches", judge: ofProtectedBranches },
  { id: "unprotected-branches", judge: ofUnprotectedBranches },
  { id: "tags", judge: ofTags },
  { id: "merge-requests", judge: ofMergeRequests },
  { id: "forks", judge: ofForks },
  { id: "visibility", judge: ofVisibility },
  { id: "reused-path", judge: ofReusedPath },
];
const urgency: Record<Widening["state"], number> = { widens: 0, unknown: 1, narrow: 2 };

/** Who can mint the project's tokens, one line a circumstance: what widens it first, then what is not known. */
export function wideningOf(facts: WideningFacts): Widening[] {
  return table
    .map(({ id, judge }) => ({ id, ...judge(facts) }))
    .sort((left, right) => urgency[left.state] - urgency[right.state]);
}

function ofSubject({ components }: WideningFacts): Judgement {
  if (!components)
    return unknown("The subject components are not known, so neither is which jobs share a subject.", askMaintainer);
  if (!components.includes("ref"))
    return widens(
      "Every branch and tag mints the same subject, because it does not name the ref.",
      "Add ref_type and ref to the subject components.",
    );
  if (!components.includes("ref_type"))
    return widens("A tag with a branch's name mints the branch's subject.", "Add ref_type to the subject components.");
  return narrow("Each branch and each tag mints a subject of its own.");
}

function ofDefaultBranch({ defaultBranch, protectedBranches }: WideningFacts): Judgement {
  if (!defaultBranch) return unknown("GitLab names no default branch.", "");
  if (!protectedBranches) return rulesHidden(`whether ${defaultBranch} is protected`);
  if (protectedBranches.some(({ pattern }) => patternMatches(pattern, defaultBranch)))
    return narrow(`The default branch ${defaultBranch} is protected.`);
  return widens(
    `Any Developer may push to ${defaultBranch}, the default branch: no rule protects it.`,
    `Protect ${defaultBranch} in GitLab.`,
  );
}

/** Who may push or merge to a protected branch may run its pipelines (docs.gitlab.com/ci/pipelines, "Pipeline security on protected branches"). */
function ofProtectedBranches({ protectedBranches }: WideningFacts): Judgement {
  if (!protectedBranches) return rulesHidden("who may run pipelines on protected branches");
  if (protectedBranches.length === 0) return narrow("No branch is protected, so none has rules of its own.");
  const open = protectedBranches.filter(({ leastLevel }) => leastLevel > 0 && leastLevel <= developer);
  if (open.length > 0)
    return widens(
      `Developers may push to or merge into ${namesOf(open)}, and so run pipelines there.`,
      "Let only Maintainers push and merge there.",
    );
  return narrow(
    `Only Maintainers, or the people named there, push to or merge into ${namesOf(protectedBranches)} and run pipelines there.`,
  );
}

function ofUnprotectedBranches({ protectedBranches }: WideningFacts): Judgement {
  if (!protectedBranches) return rulesHidden("which branches any Developer may push");
  if (protectedBranches.some(({ pattern }) => pattern === "*")) return narrow("A rule protects every branch.");
  return widens(
    "Any Developer may push a branch that no rule protects, and run its jobs with that branch's subject.",
    pinProtection,
  );
}

/** Who may create a tag runs its pipeline (docs.gitlab.com/user/project/protected_tags). */
function ofTags({ protectedTags }: WideningFacts): Judgement {
  if (!protectedTags) return rulesHidden("which tags any Developer may create");
  const open = protectedTags.filter(({ leastLevel }) => leastLevel > 0 && leastLevel <= developer);
  if (open.length > 0)
    return widens(
      `Developers may create tags like ${namesOf(open)}, and run their jobs with those tags' subjects.`,
      "Let only Maintainers create them.",
    );
  if (protectedTags.some(({ pattern }) => pattern === "*")) return narrow("A rule protects every tag.");
  const others =
    protectedTags.length > 0
      ? ` Of tags like ${namesOf(protectedTags)} only Maintainers, or the people named there, create new ones.`
      : "";
  return widens(
    `Any Developer may create a tag that no rule protects, and run its jobs with that tag's subject.${others}`,
    pinProtection,
  );
}

/** GitLab's app/models/ci/pipeline.rb: the token carries the source branch, ref_protected the merge request's own ref. */
function ofMergeRequests({ components }: WideningFacts): Judgement {
  if (!components)
    return unknown(
      "A merge request's pipeline mints the subject of its source branch; whether the subject also says that it is not protected is not known.",
      askMaintainer,
    );
  if (components.includes("ref_protected"))
    return narrow("A merge request's pipeline says in its subject that its ref is not protected.");
  return widens(
    "A merge request's pipeline mints the subject of its source branch, as a push to it does.",
    pinProtection,
  );
}

/** gitlab-org/gitlab#563038, mended in 18.2.2. */
function ofForks({ version, forksRunInParent }: WideningFacts): Judgement {
  if (forksRunInParent === false) return narrow("A fork's merge request runs in the fork, never here.");
  if (isMended(version, "18.2.2"))
    return narrow(
      "A fork's merge request that a member runs here names the fork in its token: GitLab is 18.2.2 or later.",
    );
  const todo = "Update GitLab to 18.2.2 or later, or switch ci_allow_fork_pipelines_to_run_in_parent_project off.";
  if (version === null || !numbersOf(version))
    return unknown(
      "GitLab does not say its version, and before 18.2.2 a fork's merge request run here mints this project's subject.",
      todo,
    );
  if (forksRunInParent === null)
    return unknown(
      `GitLab ${version} lets a fork's merge request run here mint this project's subject; whether it may run here, only Maintainers see.`,
      todo,
    );
  return widens(
    `A fork's merge request that a member runs here mints this project's subject: GitLab ${version} is older than 18.2.2.`,
    todo,
  );
}

function ofVisibility({ visibility, forks }: WideningFacts): Judgement {
  const counted = forks ? ` It has ${forks} ${forks === 1 ? "fork" : "forks"}.` : "";
  const todo = "Trust no subject that a fork could mint: pin project_id (gitlab.com), and name the whole path.";
  if (visibility === "public")
    return widens(
      `The project is public: anybody can read it, and fork it where forking is not restricted; whether it is, Trustdesk does not read.${counted}`,
      todo,
    );
  if (visibility === "internal")
    return widens(
      `The project is internal: everybody with an account can read it, and fork it where forking is not restricted; whether it is, Trustdesk does not read.${counted}`,
      todo,
    );
  return narrow(`The project is private: only its members can read it, and so fork it.${counted}`);
}

/** GitLab's app/models/authn/burned_project_route.rb, since 19.1. */
function ofReusedPath({ version, components }: WideningFacts): Judgement {
  if (components && !components.includes("project_path"))
    return narrow("The subject names project_id, which no other project ever has.");
  if (isMended(version, "19.1.0"))
    return narrow(
      "GitLab mints no token for a project at a path that another one left after GitLab 19.1, unless an administrator allows it.",
    );
  const todo = "Pin project_id (gitlab.com). From 19.1 on, lead the subject components with project_id.";
  if (version === null || !numbersOf(version))
    return unknown(
      "GitLab does not say its version; before 19.1 whoever takes over the path mints this subject.",
      todo,
    );
  if (!components)
    return unknown(
      "Whether the subject names the path is not known; where it does, whoever takes over the path mints it.",
      askMaintainer,
    );
  return widens(
    `After a rename, transfer or deletion, whoever takes over the path mints this subject: GitLab ${version} is older than 19.1.`,
    todo,
  );
}

function rulesHidden(what: string): Judgement {
  return unknown(`GitLab shows the protection rules to Maintainers only, so ${what} is not known.`, askMaintainer);
}

function isMended(version: string | null, since: string): boolean {
  return version !== null && isAtLeast(version, since);
}

function namesOf(rules: readonly { pattern: string }[]): string {
  return rules.map(({ pattern }) => pattern).join(", ");
}
