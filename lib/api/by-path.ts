import type { ClientLink, NestedClient } from "@orpc/client";
import type { RouterUtils } from "@orpc/tanstack-query";

type Path = readonly string[];

/** What a call takes beside its input. */
interface CallOptions<Context> {
  context?: Context;
  signal?: AbortSignal;
}

/** An object whose members are made by their names: `made.roles.get` is what `make(["roles", "get"])` gives. */
function byPath(make: (path: Path) => object, path: Path = []): object {
  return new Proxy(make(path), {
    get: (target, name) =>
      typeof name === "symbol" || name in target ? Reflect.get(target, name) : byPath(make, [...path, name]),
  });
}

function sender<Context extends object>(link: ClientLink<Context>, path: Path) {
  return (input?: unknown, { context, signal }: CallOptions<Context> = {}) =>
    // No context is one without any of its members, all of which are optional.
    link.call(path, input, { context: context ?? ({} as Context), ...(signal ? { signal } : {}) });
}

/** Calls by name over `link`, as oRPC's `createORPCClient` makes them, without what this product does not use. */
export function callsByPath<Client extends NestedClient<Context>, Context extends object>(
  link: ClientLink<Context>,
): Client {
  // By the contract's type a path is either a call or leads to one; at run time every path is both.
  return byPath((path) => sender(link, path)) as Client;
}

/** What a page gives along for TanStack Query. */
interface QueryInput {
  input?: unknown;
}

/** The same with the input made for each page of a list. */
interface PagedInput {
  input: (page: unknown) => unknown;
  initialPageParam: unknown;
}

/** The same calls as options and keys for TanStack Query, with the keys of `@orpc/tanstack-query`, which knows streams too. */
export function queriesByPath<Client extends NestedClient<Context>, Context extends object>(
  link: ClientLink<Context>,
): RouterUtils<Client> {
  // As above: the type says at which paths these stand.
  return byPath((path) => queriesOf(link, path)) as RouterUtils<Client>;
}

function queriesOf<Context extends object>(link: ClientLink<Context>, path: Path) {
  const send = sender(link, path);
  const keyOf = (type?: "query" | "infinite" | "mutation", input?: unknown) => [
    path,
    { ...(input === undefined ? {} : { input }), ...(type ? { type } : {}) },
  ];
  return {
    /** Of everything below the path, to say that it is out of date. */
    key: ({ input }: QueryInput = {}) => keyOf(undefined, input),
    queryKey: ({ input }: QueryInput = {}) => keyOf("query", input),
    queryOptions: (options: QueryInput = {}) => ({
      queryFn: ({ signal }: { signal: AbortSignal }) => send(options.input, { signal }),
      ...options,
      queryKey: keyOf("query", options.input),
    }),
    infiniteOptions: (options: PagedInput) => ({
      queryFn: ({ pageParam, signal }: { pageParam: unknown; signal: AbortSignal }) =>
        send(options.input(pageParam), { signal }),
      ...options,
      queryKey: keyOf("infinite", options.input(options.initialPageParam)),
    }),
    mutationOptions: (options: object = {}) => ({
      mutationFn: (input: unknown) => send(input),
      ...options,
      mutationKey: keyOf("mutation"),
    }),
  };
}
