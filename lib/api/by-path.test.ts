import { type Client, type ClientLink, createORPCClient } from "@orpc/client";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { describe, expect, it } from "vitest";
import { callsByPath, queriesByPath } from "./by-path";
import type { CallContext } from "./rpc-link";

type Call<Input> = Client<CallContext, Input, unknown, Error>;

type Calls = {
  roles: { get: Call<{ id: string }>; list: Call<{ after: number }> };
};

/** Answers each call with what was sent. */
const link: ClientLink<CallContext> = {
  call: async (path, input, { context, signal }) => ({ path, input, keepalive: context.keepalive, signal }),
};
const calls = callsByPath<Calls, CallContext>(link);
const ours = queriesByPath<Calls, CallContext>(link);
const theirs = createTanstackQueryUtils(createORPCClient<Calls>(link));
const input = { id: "role-1" };
const paged = {
  input: (after: number) => ({ after }),
  initialPageParam: 0,
  getNextPageParam: () => null,
};

describe("calls by path", () => {
  it("send path, input and what goes with them", async () => {
    expect(await calls.roles.get(input)).toMatchObject({ path: ["roles", "get"], input });
    expect(await calls.roles.get(input, { context: { keepalive: true } })).toMatchObject({ keepalive: true });
  });
});

describe("options for queries", () => {
  it("have the keys of oRPC's own, so that what is said to be out of date is found", () => {
    expect(ours.key()).toEqual(theirs.key());
    expect(ours.roles.key()).toEqual(theirs.roles.key());
    expect(ours.roles.get.key({ input })).toEqual(theirs.roles.get.key({ input }));
    expect(ours.roles.get.queryKey({ input })).toEqual(theirs.roles.get.queryKey({ input }));
    expect(ours.roles.get.queryOptions({ input }).queryKey).toEqual(theirs.roles.get.queryOptions({ input }).queryKey);
    expect(ours.roles.list.infiniteOptions(paged).queryKey).toEqual(theirs.roles.list.infiniteOptions(paged).queryKey);
    expect(ours.roles.get.mutationOptions().mutationKey).toEqual(theirs.roles.get.mutationOptions().mutationKey);
  });

  it("send the input, the page's input, and the signal by which TanStack Query calls them off", async () => {
    const { signal } = new AbortController();
    const { queryFn } = ours.roles.get.queryOptions({ input });
    expect(await Reflect.apply(queryFn, null, [{ signal }])).toMatchObject({ path: ["roles", "get"], input, signal });
    const list = ours.roles.list.infiniteOptions(paged);
    expect(await Reflect.apply(list.queryFn, null, [{ pageParam: 7, signal }])).toMatchObject({ input: { after: 7 } });
    const { mutationFn = () => null } = ours.roles.get.mutationOptions();
    expect(await Reflect.apply(mutationFn, null, [input])).toMatchObject({ input });
  });

  it("keep what the page adds to them", () => {
    expect(ours.roles.get.queryOptions({ input, staleTime: 5 })).toMatchObject({ staleTime: 5 });
  });
});
