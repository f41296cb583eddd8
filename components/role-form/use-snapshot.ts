import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useDebounced } from "@/components/ui/debounced";
import { notify } from "@/components/ui/toast";
import { api, client, refusalOf } from "@/lib/api/client";
import { roleNameProblem } from "@/lib/iam/names";
import type { Snapshot } from "@/lib/plan/change";
import type { RoleDraft } from "@/lib/role-form/schema";

const settleMilliseconds = 600;
const whileReading = 700;
/** The server refuses a plan on a reading older than a minute; this keeps it younger. */
const whileOpen = 20_000;

export interface SnapshotState {
  snapshot: Snapshot | null;
  /** ISO 8601, or null before the first reading. */
  readAt: string | null;
  /** In words: why there is no reading, or what it waits for; null when all is well. */
  note: string | null;
  refresh: () => Promise<void>;
}

/** AWS as the worker read it, asked for once account and name have settled, and again while the form is open. */
export function useSnapshot(draft: RoleDraft, mayAsk: boolean): SnapshotState {
  const { awsAccountId, roleName, boundaryArn } = draft;
  const asked = useDebounced(JSON.stringify({ awsAccountId, roleName, boundaryArn }), settleMilliseconds);
  const input = JSON.parse(asked) as Pick<RoleDraft, "awsAccountId" | "roleName" | "boundaryArn">;
  const settled =
    input.awsAccountId === awsAccountId && input.roleName === roleName && input.boundaryArn === boundaryArn;
  const options = api.requests.snapshot.queryOptions({
    input,
    enabled: mayAsk && awsAccountId !== "" && roleNameProblem(input.roleName) === null,
    refetchInterval: ({ state }) => (state.data?.state === "reading" ? whileReading : whileOpen),
  });
  const query = useQuery(options);
  const queries = useQueryClient();
  const refresh = useCallback(async () => {
    try {
      await client.requests.snapshot({ ...(JSON.parse(asked) as typeof input), refresh: true });
    } catch (error) {
      notify(refusalOf(error).message, "danger");
    }
    await queries.invalidateQueries({ queryKey: api.requests.snapshot.key() });
  }, [asked, queries]);
  const data = settled ? query.data : undefined;
  return {
    snapshot: data?.snapshot ?? null,
    readAt: data?.readAt ?? null,
    note: noteOf(query, data, settled),
    refresh,
  };
}

type Answer = Awaited<ReturnType<typeof client.requests.snapshot>>;

function noteOf(
  query: { error: unknown; isEnabled: boolean },
  data: Answer | undefined,
  settled: boolean,
): string | null {
  if (!query.isEnabled) return "Choose an account and a role name to read AWS.";
  if (query.error) return refusalOf(query.error).message;
  if (data?.failure) return `${data.failure.message} ${data.failure.todo}`;
  if (data?.waiting) return data.waiting;
  return settled && data?.snapshot ? null : "Reading AWS";
}
