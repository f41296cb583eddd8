/** Why somebody is on the sign-in page, in words: what happened and what to do. */
export const signInFailures = {
  "consent-refused": {
    title: "You did not let Trustdesk in",
    text: "GitLab says that you refused. Trustdesk asks to read who you are and the projects that you see; it cannot write anything in GitLab. Sign in again to allow it.",
  },
  "gitlab-down": { title: "GitLab does not answer", text: "Sign-in needs GitLab, and GitLab cannot be reached or is failing right now. Try again in a moment." },
  blocked: { title: "Your GitLab account is blocked", text: "GitLab does not let you act, so Trustdesk does not either. Ask an administrator of your GitLab." },
  "nothing-here": {
    title: "There is nothing for you here yet",
    text: "You are in none of the groups that Trustdesk knows, Maintainer of nothing, and Developer of nothing. Ask an owner of your project for a role in it, then sign in again.",
  },
  "not-finished": { title: "The sign-in was not finished", text: "GitLab did not confirm it, or it took too long, or it began in another window. Sign in again." },
  "too-many": { title: "Too many sign-ins", text: "More than ten sign-ins in a minute came from your address. Wait a minute, then sign in again." },
} as const;

export type SignInFailure = keyof typeof signInFailures;

/** The failure behind the sign-in page's `reason`, or next-auth's `error`; null for none. */
export function signInFailure(reason: string | undefined, error: string | undefined): (typeof signInFailures)[SignInFailure] | null {
  if (reason !== undefined && Object.hasOwn(signInFailures, reason)) return signInFailures[reason as SignInFailure];
  return error === undefined ? null : signInFailures["not-finished"];
}
