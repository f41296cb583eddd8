"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";

/** Begins the sign-in at GitLab; leads back to `returnTo`, a path of ours. */
export function SignInButton({ returnTo }: { returnTo: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function begin(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      window.location.assign(await addressToGoTo(returnTo));
    } catch (error) {
      setProblem(
        error instanceof Refused ? error.message : "Trustdesk does not answer. Check the connection and try again.",
      );
      setBusy(false);
    }
  }

  return (
    <>
      <Button
        variant="primary"
        className="h-10 w-full"
        busy={busy ? "Going to GitLab…" : null}
        onClick={() => void begin()}
      >
        Sign in with GitLab
      </Button>
      {problem ? (
        <p role="alert" className="mt-2 text-sm text-danger">
          {problem}
        </p>
      ) : null}
    </>
  );
}

class Refused extends Error {}

/** next-auth's two calls: its token against forged forms, then GitLab's address. */
async function addressToGoTo(returnTo: string): Promise<string> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await fetch("/api/auth/signin/gitlab", {
    method: "POST",
    body: new URLSearchParams({ csrfToken, callbackUrl: returnTo, json: "true" }),
  });
  const { url, message } = (await answer.json()) as { url: string; message?: string };
  if (answer.status === 429) throw new Refused(message ?? "Too many sign-ins. Wait a minute, then try again.");
  return url;
}
