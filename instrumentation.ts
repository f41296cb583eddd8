import type { Instrumentation } from "next";

/** Load balancers ask the ready probe every few seconds. */
const noticeMilliseconds = 3_000;

/** Runs once when the web starts: brings the accounts file into the table (a wrong file stops the start, with its reason), and arranges an orderly end. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ prepareAccounts }, { drainOnSignal }, { disconnect }, { env }] = await Promise.all([
    import("@/lib/account/loaders"),
    import("@/lib/api/drain"),
    import("@/lib/db/client"),
    import("@/lib/env"),
  ]);
  const end = async () => {
    await disconnect(env.databaseUrl);
    process.exit(0);
  };
  // Next.js ends by itself at once unless this is set; it reads the variable before it calls us.
  const byOurselves = Boolean(process.env.NEXT_MANUAL_SIG_HANDLE);
  drainOnSignal({
    signals: process,
    notice: noticeMilliseconds,
    patience: env.shutdownSeconds * 1000,
    end: byOurselves ? end : null,
  });
  await prepareAccounts();
}

/** A page that could not be made: its log line holds the id that the person is shown (`digest`) and the request's. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { log, requestIdFrom, requestIdHeader } = await import("@/lib/log");
  const given = request.headers[requestIdHeader];
  const digest = (error as { digest?: string }).digest;
  log.error(
    {
      err: error,
      digest,
      requestId: requestIdFrom(Array.isArray(given) ? given[0] : given),
      method: request.method,
      route: context.routePath,
    },
    "a page could not be made",
  );
};
