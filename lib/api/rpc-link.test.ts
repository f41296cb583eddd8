import { createORPCClient } from "@orpc/client";
import { ORPCError, os, type RouterClient } from "@orpc/server";
import { RPCHandler } from "@orpc/server/fetch";
import { afterEach, expect, it, vi } from "vitest";
import { type CallContext, rpcLink } from "./rpc-link";

const router = {
  lists: {
    same: os.handler(({ input }) => ({ got: input })),
    nothing: os.handler(() => undefined),
    refused: os.handler(() => {
      throw new ORPCError("conflict", { status: 409, message: "Somebody was faster.", data: { field: "roleName" } });
    }),
  },
};
const handler = new RPCHandler(router);
const client: RouterClient<typeof router, CallContext> = createORPCClient(rpcLink(() => "https://portal.example"));

function answerWith(answer: (request: Request) => Promise<Response>): void {
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => answer(new Request(url, init)));
}

const byServer = async (request: Request): Promise<Response> =>
  (await handler.handle(request, { prefix: "/api/rpc" })).response ?? new Response(null, { status: 404 });

afterEach(() => vi.unstubAllGlobals());

it("brings input and output whole, as oRPC's own server reads and writes them", async () => {
  answerWith(byServer);
  const input = { text: "a/ü", list: [1, null, { deep: true }], left: undefined };
  expect(await client.lists.same(input)).toEqual({ got: { text: "a/ü", list: [1, null, { deep: true }] } });
  expect(await client.lists.same()).toEqual({ got: undefined });
  expect(await client.lists.nothing()).toBeUndefined();
});

it("throws a refusal with the server's sentence, code and data", async () => {
  answerWith(byServer);
  await expect(client.lists.refused()).rejects.toMatchObject({
    message: "Somebody was faster.",
    code: "conflict",
    data: { field: "roleName" },
  });
});

it("says that nothing answered when the wire is cut, or something else answers", async () => {
  const noAnswer = "The portal did not answer. Check the connection and try again.";
  answerWith(() => Promise.reject(new TypeError("Failed to fetch")));
  await expect(client.lists.same()).rejects.toThrow(noAnswer);
  answerWith(async () => new Response("<h1>502 Bad Gateway</h1>", { status: 502 }));
  await expect(client.lists.same()).rejects.toThrow(noAnswer);
});

it("can be called off", async () => {
  const gone = new AbortController();
  answerWith(async (request) => {
    gone.abort();
    request.signal.throwIfAborted();
    return new Response();
  });
  await expect(client.lists.same(undefined, { signal: gone.signal })).rejects.toMatchObject({ name: "AbortError" });
});
