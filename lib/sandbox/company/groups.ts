/** A group or a personal namespace. */
export interface Namespace {
  id: number;
  fullPath: string;
  name: string;
  kind: "group" | "user";
  visibility: "private" | "internal" | "public";
}

/** Somebody's level in a group or project, named by full path. */
export interface Membership {
  username: string;
  /** Full path of the group or project. */
  source: string;
  accessLevel: number;
  /** Date (YYYY-MM-DD) from which it no longer counts, or null. */
  expiresAt: string | null;
}

const group = (id: number, fullPath: string, name: string): Namespace => ({
  id,
  fullPath,
  name,
  kind: "group",
  visibility: "private",
});

const namedGroups: readonly Namespace[] = [
  group(4400, "acme", "Acme"),
  group(4401, "acme/platform-engineers", "Platform engineers"),
  group(4402, "acme/auditors", "Auditors"),
  group(4410, "acme/shop", "Shop"),
  group(4411, "acme/platform", "Platform"),
  group(4412, "acme/data", "Data"),
  group(4413, "acme/Mobile", "Mobile"),
  group(4414, "acme/security", "Security"),
  group(4415, "acme/internal", "Internal"),
  group(4416, "acme/internal/tools", "Tools"),
  group(4500, "gitlab-pipeline7091038", "gitlab-pipeline7091038"),
  group(4501, "gitlab-pipeline7091038/aws-auth", "aws-auth"),
  { id: 5015, fullPath: "mona", name: "Mona Haddad", kind: "user", visibility: "public" },
];

/** Areas of the generated services: one group each. */
export const serviceAreas = [
  "billing",
  "identity",
  "search",
  "pricing",
  "shipping",
  "warehouse",
  "returns",
  "messaging",
  "media",
  "reviews",
  "fraud",
  "ledger",
  "partners",
  "planning",
  "support",
  "loyalty",
  "tax",
  "catalog",
  "reporting",
  "geo",
] as const;

export const groups: readonly Namespace[] = [
  ...namedGroups,
  ...serviceAreas.map((area, index) => group(4600 + index, `acme/services-${area}`, `Services: ${area}`)),
];

const member = (
  username: string,
  source: string,
  accessLevel: number,
  expiresAt: string | null = null,
): Membership => ({ username, source, accessLevel, expiresAt });

export const memberships: readonly Membership[] = [
  member("pia", "acme/platform-engineers", 30),
  member("pia", "acme/platform", 40),
  member("pia", "acme/Mobile", 40),
  member("pia", "acme/internal", 40),
  member("pia", "acme/shop", 30),
  member("pia", "acme/data", 20),
  member("pia", "gitlab-pipeline7091038/aws-auth/gitlab-pipeline-aws-oidc-auth", 40),
  ...serviceAreas.map((area) => member("pia", `acme/services-${area}`, 40)),
  member("oleg", "acme/shop", 40),
  member("dora", "acme/shop", 30),
  member("ada", "acme/auditors", 20),
  member("mona", "acme/data/pipelines", 40),
  member("mona", "mona", 50),
  member("boris", "acme/shop", 40),
  member("erik", "acme/shop/web", 40, "2026-06-30"),
  member("trustdesk-bot", "acme", 40),
  member("trustdesk-bot", "gitlab-pipeline7091038", 40),
];
