/** What a person is to Trustdesk, by membership of the configured GitLab groups. Owners are owners of a project, not of the portal. */
export const portalRoles = ["platform-engineer", "auditor", "member"] as const;
export type PortalRole = (typeof portalRoles)[number];

/** Words for people. */
export const portalRoleName: Record<PortalRole, string> = {
  "platform-engineer": "platform engineer",
  auditor: "auditor",
  member: "member",
};

/** Whoever is signed in, as GitLab says now. */
export interface SignedInPerson {
  id: string;
  gitlabUserId: number;
  username: string;
  name: string;
  avatarUrl: string | null;
  role: PortalRole;
}

/** GitLab's access levels that matter to us (docs.gitlab.com/api/access_requests). */
export const accessLevels = { developer: 30, maintainer: 40, owner: 50 } as const;

/** GitLab's own word for an access level, e.g. 40 -> "Maintainer". */
export function accessLevelName(level: number): string {
  const names: Record<number, string> = {
    0: "no access",
    5: "Minimal access",
    10: "Guest",
    15: "Planner",
    20: "Reporter",
    25: "Security manager",
    30: "Developer",
    40: "Maintainer",
    50: "Owner",
  };
  return names[level] ?? `level ${level}`;
}

/** The digest of a page's error by which its error page knows that GitLab was asked and did not answer. */
export const gitlabIsSilent = "gitlab-is-silent";
