import { notify } from "@/components/ui/toast";
import { paths } from "@/lib/paths";

/** Ends this browser's session and says so on the sign-in page; where that fails, says that instead. */
export function endSession(): void {
  signOut().then(
    (address) => window.location.assign(address),
    () => notify("You are still signed in: Trustdesk does not answer. Check the connection and try again.", "danger"),
  );
}

/** next-auth's two calls, as its own client makes them: its token against forged forms, then where to go. */
async function signOut(): Promise<string> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await fetch("/api/auth/signout", {
    method: "POST",
    body: new URLSearchParams({ csrfToken, callbackUrl: paths.signIn({ reason: "signed-out" }), json: "true" }),
  });
  if (!answer.ok) throw new Error(`sign-out: ${answer.status}`);
  const { url } = (await answer.json()) as { url: string };
  return url;
}
