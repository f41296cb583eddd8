import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { paths } from "@/lib/paths";
import { readSession } from "./session";
import type { Signed } from "./session";
import { pathHeader } from "./wire-names";

/** Whoever is signed in; anybody else is sent to sign in, and comes back to where they were. */
export async function requirePerson(): Promise<Signed> {
  const signed = await readSession();
  if (signed) return signed;
  const returnTo = (await headers()).get(pathHeader) ?? undefined;
  redirect(paths.signIn({ returnTo }));
}
