"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { notify } from "@/components/ui/toast";
import { api, refusalOf } from "@/lib/api/client";
import type { ProjectSyncView } from "@/lib/project/model";

/** How many projects, as of when, and the button that reads GitLab again. */
export function ProjectListSync({
  total,
  filtered,
  sync,
}: {
  total: number;
  filtered: boolean;
  sync: ProjectSyncView;
}) {
  const queries = useQueryClient();
  const refresh = useMutation(
    api.projects.sync.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.projects.key() }),
      onError: (error) => notify(refusalOf(error).message, "danger"),
    }),
  );
  const running = sync.state === "running" || refresh.isPending;
  return (
    <>
      <span>
        {total.toLocaleString("en")} {total === 1 ? "project" : "projects"}
        {filtered ? " match" + (total === 1 ? "es" : "") : ""}
      </span>
      <span aria-hidden className="text-ink-3">
        ·
      </span>
      {running ? <span>reading GitLab, {sync.seen.toLocaleString("en")} so far</span> : <AsOf sync={sync} />}
      <Button size="small" variant="ghost" busy={running ? "Reading" : null} onClick={() => refresh.mutate({})}>
        <RotateCw aria-hidden className="size-3.5" /> Refresh
      </Button>
    </>
  );
}

function AsOf({ sync }: { sync: ProjectSyncView }) {
  if (sync.state === "failed")
    return (
      <span className="text-danger">
        GitLab could not be read{sync.reason ? `: ${sync.reason}` : ""}
        {sync.asOf ? (
          <>
            {" "}
            (list of <RelativeTime at={sync.asOf} />)
          </>
        ) : null}
      </span>
    );
  if (!sync.asOf) return <span>not read from GitLab yet</span>;
  return (
    <span>
      GitLab read <RelativeTime at={sync.asOf} />
    </span>
  );
}
