/** Every address of the product's pages, in one place. Ids are encoded here and nowhere else. */
export const paths = {
  signIn: (options: { reason?: string; returnTo?: string } = {}) =>
    withQuery("/sign-in", { reason: options.reason, returnTo: options.returnTo }),
  home: () => "/",
  projects: () => "/projects",
  project: (projectId: number) => `/projects/${projectId}`,
  newRole: (projectId: number) => `/projects/${projectId}/roles/new`,
  /** The form with what an earlier request asked for, to send it again with changes. */
  resubmit: ({ id, projectId, roleId }: { id: string; projectId: number; roleId: string | null }) =>
    withQuery(roleId === null ? `/projects/${projectId}/roles/new` : `/roles/${encodeURIComponent(roleId)}/edit`, {
      request: id,
    }),
  requests: () => "/requests",
  requestsToDecide: () => "/requests?state=requested",
  request: (id: string) => `/requests/${encodeURIComponent(id)}`,
  roles: () => "/roles",
  role: (id: string) => `/roles/${encodeURIComponent(id)}`,
  roleCiJob: (id: string) => `/roles/${encodeURIComponent(id)}?tab=ci`,
  editRole: (id: string) => `/roles/${encodeURIComponent(id)}/edit`,
  audit: (filters: Record<string, string | undefined> = {}) => withQuery("/audit", filters),
  auditExport: () => "/api/audit/export",
  accounts: () => "/accounts",
  settings: () => "/settings",
  docs: () => "/docs",
  docsFinding: (id: string) => `/docs/findings/${encodeURIComponent(id)}`,
  docsClaim: (name: string) => `/docs/claims/${encodeURIComponent(name)}`,
  /** Names of condition keys hold colons and slashes: each step is encoded by itself. */
  docsKey: (key: string) => `/docs/keys/${key.split("/").map(encodeURIComponent).join("/")}`,
} as const;

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries).toString()}`;
}

/**
 * A way back that cannot lead to another origin: a path of ours, or the first page.
 * `//host`, `/\host`, schemes and control characters are refused.
 */
export function sameOriginPath(candidate: string | null | undefined): string {
  const fallback = paths.home();
  if (!candidate || !candidate.startsWith("/")) return fallback;
  try {
    const url = new URL(candidate, "http://trustdesk.invalid");
    const onlyPath = url.pathname + url.search + url.hash;
    return url.origin === "http://trustdesk.invalid" && !onlyPath.startsWith("//") && !onlyPath.startsWith("/api/")
      ? onlyPath
      : fallback;
  } catch {
    return fallback;
  }
}
