import type { Clock } from "@/lib/clock";
import type { GitlabClient } from "@/lib/gitlab/client";
import type { GitlabBranch, GitlabProject, GitlabTag } from "@/lib/gitlab/schema";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { botClient } from "@/lib/identity/bot";
import type { Signed } from "@/lib/identity/signed";
import { firstShown } from "./first-shown";
import { openRights } from "./open-project";
import { branchRule, tagRule } from "./protection-rules";
import type { Protection } from "./push-words";
import { pushWords } from "./push-words";

const mostOfEach = 5000;
const none = { rows: [], truncated: false };

export interface ProjectRefs {
  /** Null where GitLab shows the project without its branches or tags, as to who may not see its code. */
  refs: GitRef[] | null;
  /** Who may push, merge and create by the rules, for the judge; null where GitLab hides them. */
  rules: {
    protectedBranches: ReturnType<typeof branchRule>[] | null;
    protectedTags: ReturnType<typeof tagRule>[] | null;
  };
  protectedPatterns: { pattern: string; type: GitRef["type"]; whoMayPush: string }[];
  /** There are more than 5,000 branches or tags: `refs` holds the first of them. */
  truncated: boolean;
  asOf: string;
}

/** Every branch and tag with its protection, live, the default branch first. Throws as `openRights`. */
export async function readRefs(signed: Signed, projectId: number, clock: Clock): Promise<ProjectRefs> {
  const { project } = await openRights(signed, projectId, clock);
  const bot = signed.person.role === "member" ? null : botClient(clock);
  return refsAsShownTo({ gitlab: signed.gitlab, bot }, project, clock);
}

/** The same with given clients: the bot is asked only for protection rules that GitLab hides from the first. */
export async function refsAsShownTo(
  { gitlab, bot }: { gitlab: GitlabClient; bot: GitlabClient | null },
  project: Pick<GitlabProject, "id" | "empty_repo">,
  clock: Clock,
): Promise<ProjectRefs> {
  const projectId = project.id;
  const [branches, tags, ofBranches, ofTags] = await Promise.all([
    project.empty_repo ? none : firstShown([gitlab], (client) => client.branches(projectId, mostOfEach)),
    project.empty_repo ? none : firstShown([gitlab], (client) => client.tags(projectId, mostOfEach)),
    firstShown([gitlab, bot], (client) => client.protectedBranches(projectId)),
    firstShown([gitlab, bot], (client) => client.protectedTags(projectId)),
  ]);
  const rules = {
    protectedBranches: ofBranches && ofBranches.map(branchRule),
    protectedTags: ofTags && ofTags.map(tagRule),
  };
  const branchRules =
    ofBranches && ofBranches.map(({ name, push_access_levels: levels }) => ({ pattern: name, levels }));
  const tagRules = ofTags && ofTags.map(({ name, create_access_levels: levels }) => ({ pattern: name, levels }));
  const protectedPatterns = [...patternsOf(branchRules, "branch"), ...patternsOf(tagRules, "tag")];
  const asOf = clock.now().toISOString();
  if (!branches || !tags) return { refs: null, rules, protectedPatterns, truncated: false, asOf };
  const refs = [
    ...branches.rows.map((branch) => branchRef(branch, branchRules)),
    ...tags.rows.map((tag) => tagRef(tag, tagRules)),
  ];
  return {
    refs: refs.sort((a, b) => Number(b.default) - Number(a.default)),
    rules,
    protectedPatterns,
    truncated: branches.truncated || tags.truncated,
    asOf,
  };
}

function branchRef(branch: GitlabBranch, rules: Protection[] | null): GitRef {
  const whoMayPush = !branch.protected
    ? "developers"
    : (pushWords(rules, branch.name) ?? (branch.developers_can_push ? "developers" : "maintainers"));
  return {
    name: branch.name,
    type: "branch",
    protected: branch.protected,
    default: branch.default,
    pushedAt: pushedAt(branch),
    whoMayPush,
  };
}

/** GitLab tells of a protected tag neither by itself nor, below Maintainer, by its rules who may create it. */
const notShown = "people whom GitLab does not show";

function tagRef(tag: GitlabTag, rules: Protection[] | null): GitRef {
  const whoMayPush = tag.protected ? (pushWords(rules, tag.name) ?? notShown) : "developers";
  return { name: tag.name, type: "tag", protected: tag.protected, default: false, pushedAt: pushedAt(tag), whoMayPush };
}

function pushedAt({ commit }: Pick<GitlabBranch, "commit">): string | null {
  return commit?.committed_date ?? commit?.created_at ?? null;
}

function patternsOf(rules: Protection[] | null, type: GitRef["type"]): ProjectRefs["protectedPatterns"] {
  return (rules ?? []).map((rule) => ({
    pattern: rule.pattern,
    type,
    whoMayPush: pushWords([rule], rule.pattern) ?? "nobody",
  }));
}
