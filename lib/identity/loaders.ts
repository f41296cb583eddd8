import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { knownError } from "@/lib/errors";
import { paths } from "@/lib/paths";
import { gitlabIsSilent } from "./model";
import type { Signed } from "./session";
import { readSession } from "./session";
import { pathHeader } from "./wire-names";

/** Whoever is signed in; anybody else is sent to sign in, and comes back to where they were. */
export async function requirePerson(): Promise<Signed> {
  const signed = await readSession().catch(withDigest);
  if (signed) return signed;
  const returnTo = (await headers()).get(pathHeader) ?? undefined;
  redirect(paths.signIn({ returnTo }));
}

/** The same for pages that everybody may read: null where nobody is signed in, or GitLab does not say. */
export async function personIfSignedIn(): Promise<Signed["person"] | null> {
  const signed = await readSession().catch(() => null);
  return signed?.person ?? null;
}

/** Next hides an error's message from the page, and hands on a digest that is set. */
function withDigest(error: unknown): never {
  const known = knownError(error);
  throw known?.code === "unavailable" ? Object.assign(known, { digest: gitlabIsSilent }) : error;
}
