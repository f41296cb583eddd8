import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { env } from "@/lib/env";
import { paths, sameOriginPath } from "@/lib/paths";
import { readSession } from "./session";
import type { SignInNotice } from "./sign-in-failures";
import { signInNotice } from "./sign-in-failures";
import { callbackUrlCookie } from "./wire-names";

export interface SignInView {
  notice: SignInNotice | null;
  /** A path of ours. */
  returnTo: string;
  gitlabHost: string;
}

/**
 * What the sign-in page shows; after a failed attempt the way back is the one that the attempt began with. Whoever is
 * signed in has nothing to do here and is sent there, unless something failed that they should read.
 */
export async function loadSignIn(query: Record<string, string | string[] | undefined>): Promise<SignInView> {
  const one = (name: string): string | undefined => (typeof query[name] === "string" ? query[name] : undefined);
  const attempted = (await cookies()).get(callbackUrlCookie)?.value;
  const failed = one("reason") !== undefined || one("error") !== undefined;
  const notice = signInNotice({ reason: one("reason"), error: one("error"), returnTo: one("returnTo") });
  const returnTo = wayBack(
    one("returnTo") ??
      (failed && attempted?.startsWith(`${env.webUrl}/`) ? attempted.slice(env.webUrl.length) : undefined),
  );
  if (notice?.tone !== "bad" && (await isSignedIn())) redirect(returnTo);
  return { notice, returnTo, gitlabHost: new URL(env.gitlabUrl).host };
}

/** While GitLab is silent nobody can be told to be; the page then says how to go on. */
async function isSignedIn(): Promise<boolean> {
  return (await readSession().catch(() => null)) !== null;
}

function wayBack(candidate: string | undefined): string {
  const path = sameOriginPath(candidate);
  return path.startsWith(paths.signIn()) ? paths.home() : path;
}
