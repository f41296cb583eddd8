/** Why somebody is on the sign-in page, in words: what happened and what to do. */
export const signInFailures = {
  "consent-refused": {
    title: "You did not let Trustdesk in",
    text: "GitLab says that you refused. Trustdesk asks to read who you are and the projects that you see; it cannot write anything in GitLab. Sign in again to allow it.",
  },
  "gitlab-down": {
    title: "GitLab does not answer",
    text: "Sign-in needs GitLab, and GitLab cannot be reached or is failing right now. Try again in a moment.",
  },
  blocked: {
    title: "Your GitLab account is blocked",
    text: "GitLab does not let you act, so Trustdesk does not either. Ask an administrator of your GitLab.",
  },
  "nothing-here": {
    title: "There is nothing for you here yet",
    text: "You are in none of the groups that Trustdesk knows, Maintainer of nothing, and Developer of nothing. Ask an owner of your project for a role in it, then sign in again.",
  },
  "not-finished": {
    title: "The sign-in was not finished",
    text: "GitLab did not confirm it, or it took too long, or it began in another window. Sign in again.",
  },
  "too-many": {
    title: "Too many sign-ins",
    text: "More than ten sign-ins in a minute came from your address. Wait a minute, then sign in again.",
  },
} as const;

export type SignInFailure = keyof typeof signInFailures;

/** What the sign-in page says first. `bad` for a failure, `calm` for the rest. */
export interface SignInNotice {
  tone: "bad" | "calm";
  title: string;
  text: string;
}

/** The notice behind the page's `reason`, next-auth's `error`, or a way back; null when somebody just came by. */
export function signInNotice({
  reason,
  error,
  returnTo,
}: {
  reason?: string | undefined;
  error?: string | undefined;
  returnTo?: string | undefined;
}): SignInNotice | null {
  if (reason === "signed-out")
    return {
      tone: "calm",
      title: "You are signed out",
      text: "With your last session, Trustdesk's access to GitLab in your name ended too.",
    };
  if (reason !== undefined && Object.hasOwn(signInFailures, reason))
    return { tone: "bad", ...signInFailures[reason as SignInFailure] };
  if (error !== undefined) return { tone: "bad", ...signInFailures["not-finished"] };
  return returnTo === undefined
    ? null
    : {
        tone: "calm",
        title: "Sign in to go on",
        text: "You are not signed in, or your sign-in has ended. You will come back to where you were.",
      };
}
