import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env";
import { knownError } from "@/lib/errors";
import { gitlabAnswers } from "@/lib/gitlab/oauth";
import { paths } from "@/lib/paths";
import { authOptions } from "./auth";
import { countUse } from "./rate-limit";
import type { SignInFailure } from "./sign-in-failures";
import { sessionCookie } from "./wire-names";

interface RouteContext {
  params: Promise<{ nextauth: string[] }>;
}

/** next-auth's routes; before a sign-in begins it is counted by address, and GitLab is asked whether it is there. */
export async function handleAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  const [action] = (await context.params).nextauth;
  if (action === "callback" && request.nextUrl.searchParams.get("error") === "access_denied")
    return leadTo("consent-refused");
  if (action === "signin" && request.method === "POST") {
    const refused = await refuseToBegin(request);
    if (refused) return refused;
  }
  return (await NextAuth(
    request as never,
    context as never,
    authOptions(request.cookies.get(sessionCookie)?.value ?? null),
  )) as Response;
}

/** The caller's address: the last hop's word, since earlier entries of X-Forwarded-For are the client's own. */
function addressOf(headers: Headers): string {
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
}

async function refuseToBegin(request: NextRequest): Promise<Response | null> {
  try {
    await countUse("sign-in", addressOf(request.headers), systemClock);
  } catch (error) {
    const known = knownError(error);
    if (known?.code !== "too-many") throw error;
    return Response.json(
      { message: known.message, url: paths.signIn({ reason: "too-many" }) },
      { status: 429, headers: { "retry-after": String(known.details.retryAfter ?? 60) } },
    );
  }
  return (await gitlabAnswers({ baseUrl: env.gitlabUrl }))
    ? null
    : Response.json({ url: paths.signIn({ reason: "gitlab-down" }) });
}

function leadTo(failure: SignInFailure): Response {
  return new Response(null, { status: 303, headers: { location: paths.signIn({ reason: failure }) } });
}
