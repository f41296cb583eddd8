import { subscribe } from "node:diagnostics_channel";
import type { EventEmitter } from "node:events";
import { once } from "node:events";
import type { Server, ServerResponse } from "node:http";
import { log } from "@/lib/log";

interface Traffic {
  ending: boolean;
  servers: Set<Server>;
  /** Requests that are not answered yet. */
  open: Set<ServerResponse>;
}

const key = Symbol.for("trustdesk.traffic");

/** The process's own: the web's bundles each hold a copy of this module. */
function traffic(): Traffic {
  const known = globalThis as { [key]?: Traffic };
  return (known[key] ??= { ending: false, servers: new Set(), open: new Set() });
}

/** Whether this process was asked to end: it then answers what it has begun and should get nothing new. */
export function isEnding(): boolean {
  return traffic().ending;
}

interface DrainOptions {
  /** Where the signals arrive. */
  signals: Pick<EventEmitter, "once">;
  /** For so long a SIGTERM only shows at the ready probe, so that whoever balances load sees it. Milliseconds. */
  notice: number;
  /** So long are requests waited for. Milliseconds. */
  patience: number;
  /** Lets go of pools and ends the process; null leaves that to Next.js, which ends with 143. */
  end: (() => Promise<void>) | null;
}

/** From now on SIGTERM and SIGINT first turn the ready probe to 503, then let running requests finish, then call `end`. */
export function drainOnSignal({ signals, notice, patience, end }: DrainOptions): void {
  const { servers, open } = traffic();
  subscribe("http.server.request.start", (message) => {
    const { server, response } = message as { server: Server; response: ServerResponse };
    servers.add(server);
    open.add(response);
    response.once("close", () => open.delete(response));
  });
  const drain = async (signal: NodeJS.Signals): Promise<void> => {
    if (traffic().ending) return;
    traffic().ending = true;
    log.info({ signal, requests: open.size }, "the web finishes what it does");
    if (!end) return;
    if (signal === "SIGTERM") await after(notice);
    for (const server of servers) server.close();
    await Promise.race([allAnswered(open), after(patience)]);
    for (const server of servers) server.closeAllConnections();
    log.info({ requests: open.size }, "the web has ended");
    await end();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    signals.once(signal, () => {
      drain(signal).catch((error: unknown) => log.error({ err: error }, "the web could not end in order"));
    });
  }
}

async function allAnswered(open: ReadonlySet<ServerResponse>): Promise<void> {
  for (;;) {
    const [response] = open;
    if (!response) return;
    await once(response, "close");
  }
}

async function after(milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
}
