import { gitlabComConditionKeys } from "@/lib/gitlab-ci/claims";
import { isGitlabCom, providerUrlPath } from "@/lib/gitlab-ci/issuer";

/** What project and ref alone say; the rest of gitlab.com's keys depends on the job, its runner and who started it. */
const ofProjectAndRef: readonly string[] = ["project_id", "namespace_id", "ref_protected"];

/** The condition keys of an issuer's tokens whose value only the running job tells, e.g. `gitlab.com:pipeline_source`. */
export function keysOfTheJob(issuer: string): string[] {
  if (!isGitlabCom(issuer)) return [];
  const names = gitlabComConditionKeys.filter((name) => !ofProjectAndRef.includes(name));
  return names.map((name) => `${providerUrlPath(issuer)}:${name}`);
}
