import type { Metadata } from "next";
import { SignInPanel } from "@/components/layout/sign-in-panel";
import { loadSignIn } from "@/lib/identity/sign-in-loaders";

export const metadata: Metadata = { title: "Sign in" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: PageProps) {
  const { notice, returnTo, gitlabHost } = await loadSignIn(await searchParams);
  return (
    <main className="grid min-h-dvh place-items-center px-5 py-10">
      <SignInPanel notice={notice} returnTo={returnTo} gitlabHost={gitlabHost} />
    </main>
  );
}
