import type { ContractRouterClient } from "@orpc/contract";
import type { ErrorCode } from "@/lib/errors";
import type { ApiErrorData } from "@/lib/identity/contract-base";
import type { RefusalData } from "@/lib/plan/refusal";
import { callsByPath, queriesByPath } from "./by-path";
import type { contract } from "./contract";
import { type CallContext, rpcLink } from "./rpc-link";

type Client = ContractRouterClient<typeof contract, CallContext>;

const link = rpcLink(() => globalThis.location.origin);

/** Calls by name, typed by the contract: `await client.projects.get({ projectId })`. */
export const client = callsByPath<Client, CallContext>(link);

/** The same as options for TanStack Query: `useQuery(api.roles.list.queryOptions({ input }))`. */
export const api = queriesByPath<Client, CallContext>(link);

/** What a call is refused with; "internal" where Trustdesk failed, "unknown" where nothing answered. */
export type RefusalCode = ErrorCode | "internal" | "unknown";

/** The sentence of a refusal or failure, and the field it belongs to, from anything a call threw. */
export function refusalOf(error: unknown): {
  message: string;
  code: RefusalCode;
  field: string | null;
  data: RefusalData | null;
  id: string | null;
} {
  const shape = error as {
    message?: string;
    code?: RefusalCode;
    data?: Partial<ApiErrorData>;
  } | null;
  return {
    message: shape?.message ?? "The portal did not answer. Check the connection and try again.",
    code: shape?.code ?? "unknown",
    field: shape?.data?.field ?? null,
    data: shape?.data?.data ?? null,
    id: shape?.data?.id ?? null,
  };
}
