import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { log } from "@/lib/log";
import { metricsContentType, metricsRefusal, processMetrics } from "@/lib/metrics";

interface MetricsServer {
  /** Where it listens; the port is the one that was given for 0. */
  port: number;
  stop(): Promise<void>;
}

/** Answers what this process has measured at `/api/metrics`, the web's path, to who sends `token`. Rejects when the port is taken. */
export async function startMetricsServer({
  host,
  port,
  token,
}: {
  host: string;
  port: number;
  token: string | null;
}): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    answer(request, response, token).catch((error: unknown) => {
      log.error({ err: error }, "the worker could not show its metrics");
      refuse(response, 500, "The worker could not read its figures; its log says why.");
    });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, () => resolve()));
  return { port: portOf(server), stop: () => close(server) };
}

async function answer(request: IncomingMessage, response: ServerResponse, token: string | null): Promise<void> {
  if (request.method !== "GET" || request.url?.split("?")[0] !== "/api/metrics")
    return refuse(response, 404, "The worker answers GET /api/metrics only.");
  const refusal = metricsRefusal(request.headers.authorization, token);
  if (refusal) return refuse(response, refusal.status, refusal.reason);
  response
    .writeHead(200, { "content-type": metricsContentType, "cache-control": "no-store" })
    .end(await processMetrics());
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response
    .writeHead(status, {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
    })
    .end(`${reason}\n`);
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The worker's metrics have no port.");
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
