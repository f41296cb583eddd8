import { isGitlabCom } from "../issuer";
import { isAtLeast, numbersOf } from "../version";
import type { MintingProject } from "./project";

/**
 * Whether the project's GitLab is this release or a later one; null: not known. gitlab.com is taken to be the newest
 * where it does not say: it gets each release before anybody else.
 * @param least e.g. "18.2.2"
 */
export function isSince({ issuer, gitlabVersion }: MintingProject, least: string): boolean | null {
  const version = gitlabVersion ?? "";
  if (numbersOf(version)) return isAtLeast(version, least);
  return isGitlabCom(issuer) ? true : null;
}
