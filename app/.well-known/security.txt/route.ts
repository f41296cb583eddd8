import { answerSecurityText } from "@/lib/api/security-text";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env";

export const dynamic = "force-dynamic";

/** A route and no file: a file's date would run out, and its contact would be ours in place of the installation's. */
export function GET(): Response {
  return answerSecurityText({ contact: env.securityContact, webUrl: env.webUrl, now: systemClock.now() });
}
