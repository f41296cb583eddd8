"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { QueryError } from "@/components/layout/query-error";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { notify } from "@/components/ui/toast";
import type { AccountChoice } from "@/lib/account/model";
import { api, client, refusalOf } from "@/lib/api/client";
import type { Decision } from "@/lib/errors";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { ProjectView } from "@/lib/project/model";
import type { EditedRole } from "@/lib/role-form/desired";
import type { DraftSubject, RoleDraft } from "@/lib/role-form/schema";
import { FormNote } from "./form-note";
import { RequestForm } from "./request-form";

interface RoleFormProps {
  subject: DraftSubject;
  username: string;
  edited: (EditedRole & { roleId: string }) | null;
  /** What the form begins with, once project, refs and accounts are known. */
  begin: (project: ProjectView, refs: readonly GitRef[], accounts: readonly AccountChoice[]) => RoleDraft;
  /** The page's header, once the project is known. */
  header: (project: ProjectView | undefined) => ReactNode;
}

/** Reads project, refs, accounts and what was typed before, then shows the form. */
export function RoleForm({ subject: given, username, edited, begin, header }: RoleFormProps) {
  const { projectId, roleId, requestId, baseVersion } = given;
  const subject = useMemo<DraftSubject>(
    () => ({ projectId, roleId, requestId, baseVersion }),
    [projectId, roleId, requestId, baseVersion],
  );
  const [from, setFrom] = useState<"kept" | "outdated" | "fresh">("kept");
  const input = { projectId };
  const project = useQuery(api.projects.get.queryOptions({ input, refetchOnWindowFocus: false }));
  const refs = useQuery(api.projects.refs.queryOptions({ input, refetchOnWindowFocus: false }));
  const accounts = useQuery(api.accounts.choices.queryOptions());
  const may = useQuery(api.requests.maySubmit.queryOptions({ input }));
  const kept = useQuery(
    api.requests.readDraft.queryOptions({
      input: subject,
      enabled: may.data?.ok === true,
      gcTime: 0,
      staleTime: Infinity,
      refetchOnWindowFocus: false,
    }),
  );
  const failed = [project, refs, accounts, may].find(({ error }) => error);
  const startOver = async (): Promise<void> => {
    try {
      await client.requests.discardDraft(subject);
      setFrom("fresh");
    } catch (error) {
      notify(refusalOf(error).message, "danger");
    }
  };
  const ready = project.data && refs.data && accounts.data && may.data && !(may.data.ok && kept.isPending);
  const draft = from === "fresh" ? null : (kept.data?.[from] ?? null);
  const outdated = from === "kept" && !draft ? kept.data?.outdated : null;
  return (
    <>
      {header(project.data)}
      {failed ? <QueryError what="The project" error={failed.error} onRetry={() => void failed.refetch()} /> : null}
      {outdated ? <Outdated at={outdated.savedAt} onFill={() => setFrom("outdated")} /> : null}
      {ready ? (
        <RequestForm
          key={from}
          project={project.data}
          refs={refs.data.refs}
          refsComplete={!refs.data.truncated}
          rules={refs.data.rules}
          accounts={accounts.data}
          username={username}
          may={decisionOf(may.data)}
          rule={may.data.rule}
          subject={subject}
          initial={begin(project.data, refs.data.refs ?? [], accounts.data)}
          edited={edited}
          kept={draft}
          onStartOver={() => void startOver()}
        />
      ) : failed ? null : (
        <FormSkeleton />
      )}
    </>
  );
}

function Outdated({ at, onFill }: { at: string; onFill: () => void }) {
  return (
    <FormNote>
      <span>
        What you typed <RelativeTime at={at} /> was for another version of the role, so it is not filled in.
      </span>
      <Button size="small" onClick={onFill}>
        Fill it in
      </Button>
    </FormNote>
  );
}

function decisionOf({ ok, reason }: { ok: boolean; reason: string | null }): Decision {
  return ok ? { ok } : { ok: false, reason: reason ?? "You may not ask for a role for this project." };
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
