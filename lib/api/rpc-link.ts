import type { ClientLink } from "@orpc/client";

/** How a call is sent. */
export interface CallContext {
  /** Outlives the page, for what is sent on leaving. The browser takes 64 KiB at most (Fetch standard: keepalive). */
  keepalive?: boolean;
}

/** oRPC's answer to a call: what it gives, or why it was refused. */
interface Answer {
  json?: unknown;
}

/** What is thrown for a call that the server refused; `code` and `data` are the server's. */
interface RefusedCall {
  code?: string;
  message?: string;
  data?: unknown;
}

const noAnswer = "The portal did not answer. Check the connection and try again.";

/**
 * oRPC's wire (orpc.dev, "RPC Protocol") for calls that take and give plain JSON, which is all that the contract has.
 * oRPC's own link also knows files, streams and dates, and would be among the heaviest things that every page loads.
 * Throws an Error with the server's sentence, its `code` and `data`, or one that says that nothing answered.
 */
export function rpcLink(origin: () => string): ClientLink<CallContext> {
  return {
    async call(path, input, { context, signal }) {
      const answer = await fetch(`${origin()}/api/rpc/${path.join("/")}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ json: input }),
        credentials: "same-origin",
        redirect: "manual",
        keepalive: context.keepalive ?? false,
        ...(signal ? { signal } : {}),
      }).catch((cause: unknown) => {
        throw signal?.aborted ? cause : new Error(noAnswer, { cause });
      });
      const body = (await answer.json().catch((cause: unknown) => {
        throw signal?.aborted ? cause : new Error(noAnswer, { cause });
      })) as Answer;
      if (answer.ok) return body.json;
      const { code, message, data } = (body.json ?? {}) as RefusedCall;
      throw Object.assign(new Error(message ?? noAnswer), { code, data });
    },
  };
}
