import { exportAudit } from "@/lib/audit-log/export";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env";
import { knownError, statusOf, TrustdeskError } from "@/lib/errors";
import { fieldWithNul, nulRefusal } from "@/lib/identity/procedure-base";
import { countUse } from "@/lib/identity/rate-limit";
import { signedFrom } from "@/lib/identity/signed";
import { sessionCookie } from "@/lib/identity/wire-names";
import { log } from "@/lib/log";
import { keepProjectionWhole } from "@/lib/project/sync-projects";
import { cookieOf } from "./cookie";
import { followRequest } from "./follow-request";
import { mayWrite } from "./same-origin";

const kinds = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" } as const;

/**
 * Answers a form of the audit page with a file: streamed, in constant memory, without a cap. It leaves an entry, so
 * it is a POST from our own pages and counted as a write. Refusals are plain text.
 */
export function handleAuditExport(request: Request): Promise<Response> {
  return followRequest("export", request, async (requestId) => {
    try {
      return await answer(request);
    } catch (error) {
      const known =
        knownError(error) ??
        (error instanceof Error && error.name === "ZodError"
          ? new TrustdeskError(
              "bad-input",
              "The filters of the export are not valid: go back to the audit and choose them again.",
            )
          : null);
      if (!known) log.error({ err: error }, "an export of the audit failed");
      return new Response(
        known?.message ?? `The export failed on Trustdesk's side. Quote ${requestId} when you ask for help.`,
        { status: known ? statusOf[known.code] : 500, headers: { "cache-control": "no-store" } },
      );
    }
  });
}

async function answer(request: Request): Promise<Response> {
  if (!mayWrite(request, new URL(env.webUrl).origin))
    throw new TrustdeskError("forbidden", "An export is started from Trustdesk's own pages only.");
  const clock = systemClock;
  const signed = await signedFrom(cookieOf(request.headers.get("cookie"), sessionCookie), { clock, live: true });
  if (!signed)
    throw new TrustdeskError("not-signed-in", "You are not signed in, or your sign-in has ended. Sign in again.");
  await countUse("write", signed.person.id, clock);
  const fields = [...(await formOf(request))].filter(([, value]) => value !== "");
  const input = Object.fromEntries(fields);
  const nul = fieldWithNul(input);
  if (nul !== null) throw nulRefusal(nul);
  if (signed.person.role === "member") await keepProjectionWhole(signed.person.id, signed.gitlab, clock);
  const { format, lines } = await exportAudit(input, { person: signed.person, actor: signed.actor, clock });
  const day = clock.now().toISOString().slice(0, 10);
  return new Response(streamOf(lines), {
    headers: {
      "content-type": kinds[format],
      "content-disposition": `attachment; filename="trustdesk-audit-${day}.${format}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (cause) {
    throw new TrustdeskError("bad-input", "An export is asked for with the form of the audit page.", { cause });
  }
}

/** A page is read when the client has room for it. An error breaks the transfer off, so that it does not look whole. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await lines.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: async () => {
        await lines.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
