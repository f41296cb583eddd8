"use client";

import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { PageHeader } from "@/components/layout/page-header";
import { QueryError } from "@/components/layout/query-error";
import { Skeleton } from "@/components/ui/skeleton";
import { notify } from "@/components/ui/toast";
import { api, client, refusalOf } from "@/lib/api/client";
import { paths } from "@/lib/paths";
import { RequestForm } from "./request-form";

/** The page of a new role: reads project, refs, accounts and what was typed before, then shows the form. */
export function NewRole({ projectId, username }: { projectId: number; username: string }) {
  const [fresh, setFresh] = useState(false);
  const input = { projectId };
  const project = useQuery(api.projects.get.queryOptions({ input, refetchOnWindowFocus: false }));
  const refs = useQuery(api.projects.refs.queryOptions({ input, refetchOnWindowFocus: false }));
  const accounts = useQuery(api.accounts.choices.queryOptions());
  const may = useQuery(api.requests.maySubmit.queryOptions({ input }));
  const kept = useQuery(api.requests.readDraft.queryOptions({ input, enabled: may.data?.ok === true, gcTime: 0, staleTime: Infinity, refetchOnWindowFocus: false }));
  const failed = [project, refs, accounts, may].find(({ error }) => error);
  const startOver = async (): Promise<void> => {
    try {
      await client.requests.discardDraft(input);
      setFresh(true);
    } catch (error) {
      notify(refusalOf(error).message, "danger");
    }
  };
  const crumbs = [{ label: "Projects", href: paths.projects() }, { label: project.data?.path ?? "…", href: paths.project(projectId) }, { label: "New role" }];
  const ready = project.data && refs.data && accounts.data && may.data && !(may.data.ok && kept.isPending);
  const draft = !fresh && kept.data?.draft && kept.data.savedAt ? { draft: kept.data.draft, savedAt: kept.data.savedAt } : null;
  return (
    <>
      <PageHeader crumbs={crumbs} title="New role" />
      {failed ? <QueryError what="The project" error={failed.error} onRetry={() => void failed.refetch()} /> : null}
      {ready ? (
        <RequestForm
          key={fresh ? "fresh" : "kept"}
          project={project.data}
          refs={refs.data.refs}
          accounts={accounts.data}
          username={username}
          may={may.data.ok ? { ok: true } : { ok: false, reason: may.data.reason ?? "You may not make a role for this project." }}
          kept={draft}
          onStartOver={() => void startOver()}
        />
      ) : failed ? null : (
        <FormSkeleton />
      )}
    </>
  );
}

function FormSkeleton() {
  return (
    <div aria-busy className="grid gap-8 full:grid-cols-[minmax(0,1fr)_480px]">
      <div className="space-y-5">
        {[220, 120, 160, 90].map((height) => (
          <Skeleton key={height} className={height > 200 ? "h-56" : height > 150 ? "h-40" : "h-28"} />
        ))}
      </div>
      <Skeleton className="h-96" />
    </div>
  );
}
