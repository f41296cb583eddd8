/** A person (or bot) of the sandbox's GitLab. */
export interface Person {
  id: number;
  username: string;
  name: string;
  /** What the person is for, in a few words: shown on the consent page. */
  role: string;
  state: "active" | "blocked";
  bot: boolean;
}

const person = (id: number, username: string, name: string, role: string, more: Partial<Person> = {}): Person => ({
  id,
  username,
  name,
  role,
  state: "active",
  bot: false,
  ...more,
});

/** Everybody; the consent page lists those that are not bots. */
export const people: readonly Person[] = [
  person(11, "pia", "Pia Okafor", "platform engineer"),
  person(12, "oleg", "Oleg Brandt", "project owner: Maintainer of acme/shop"),
  person(13, "dora", "Dora Lindqvist", "developer in acme/shop"),
  person(14, "ada", "Ada Moreau", "auditor"),
  person(15, "mona", "Mona Haddad", "Maintainer of acme/data/pipelines only"),
  person(16, "boris", "Boris Novak", "blocked by an administrator", { state: "blocked" }),
  person(17, "nils", "Nils Aubert", "member of nothing"),
  person(18, "erik", "Erik Sandoval", "his Maintainer membership of acme/shop/web has expired"),
  person(90, "trustdesk-bot", "Trustdesk bot", "read_api access token", { bot: true }),
];

/** A personal access token that exists from the start: for one's own curl, and for the portal's bot. */
export interface SeededToken {
  token: string;
  username: string;
  scopes: readonly string[];
}

export const seededTokens: readonly SeededToken[] = [
  { token: "glpat-sandbox-bot", username: "trustdesk-bot", scopes: ["read_api"] },
  ...people
    .filter((one) => !one.bot)
    .map((one) => ({ token: `glpat-sandbox-${one.username}`, username: one.username, scopes: ["api"] })),
];

/** The portal's OAuth application, as an administrator would have registered it. */
export const application = {
  clientId: "trustdesk-demo",
  clientSecret: "trustdesk-demo-secret",
  name: "Trustdesk",
  scopes: ["read_user", "read_api"],
  callbackPath: "/api/auth/callback/gitlab",
} as const;
