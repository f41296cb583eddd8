"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronRight, PencilLine, PlugZap, Plus } from "lucide-react";
import { useState } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { QueryError } from "@/components/layout/query-error";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { DataList } from "@/components/ui/data-list";
import type { Column } from "@/components/ui/data-list-column";
import { dialogLater } from "@/components/ui/dialog-later";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { notify } from "@/components/ui/toast";
import type { AwsAccountView } from "@/lib/account/model";
import { api, refusalOf } from "@/lib/api/client";
import { AccountDetail } from "./account-detail";

// Its fields are checked by rules that weigh more than the list.
const AccountDialog = dialogLater(async () => (await import("./account-dialog")).AccountDialog);

function accountColumns(isOpen: (account: AwsAccountView) => boolean): readonly Column<AwsAccountView>[] {
  return [
    {
      id: "name",
      header: "Account",
      width: "minmax(0,1.4fr)",
      cell: (account) => (
        <span className="flex min-w-0 items-center gap-x-1.5 max-sm:grid max-sm:grid-cols-[14px_minmax(0,1fr)]">
          <ChevronRight
            aria-hidden
            className={cn("size-3.5 text-ink-3 transition-transform duration-100", isOpen(account) && "rotate-90")}
          />
          <span className="font-medium">{account.name}</span>
          <code className="truncate font-mono text-ink-3 max-sm:col-start-2">{account.accountId}</code>
        </span>
      ),
    },
    {
      id: "region",
      header: "Region",
      width: "112px",
      wideOnly: true,
      cell: (account) => <code className="font-mono text-ink-2">{account.region}</code>,
    },
    {
      id: "path",
      header: "Role path",
      width: "112px",
      wideOnly: true,
      cell: (account) => <code className="block truncate font-mono text-ink-2">{account.defaultPath}</code>,
    },
    {
      id: "boundary",
      header: "Boundary",
      width: "minmax(0,1fr)",
      wideOnly: true,
      cell: (account) =>
        account.boundaryArn ? (
          <span className="flex min-w-0 items-center gap-1.5">
            <code className="truncate font-mono" title={account.boundaryArn}>
              {account.boundaryArn.split("/").at(-1)}
            </code>
            {account.boundaryRequired ? <span className="text-sm text-ink-3">required</span> : null}
          </span>
        ) : (
          <span className="text-sm text-ink-3">none</span>
        ),
    },
    { id: "roles", header: "Roles", width: "48px", align: "end", wideOnly: true, cell: (account) => account.roles },
    {
      id: "test",
      header: "Connection",
      width: "clamp(92px,12vw,176px)",
      cell: (account) => <TestResult account={account} />,
    },
  ];
}

interface AccountListProps {
  /** Why this person may not change accounts, or null. */
  reason: string | null;
  /** Only the accounts that hold roles of the person's projects are listed. */
  ownOnly: boolean;
}

/** The AWS accounts, each with its connection test. */
export function AccountList({ reason, ownOnly }: AccountListProps) {
  const queries = useQueryClient();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [edited, setEdited] = useState<AwsAccountView | "new" | null>(null);
  const accounts = useQuery({
    ...api.accounts.list.queryOptions(),
    refetchInterval: (query) =>
      query.state.data?.some((account) => account.lastTest?.state === "running") ? 1000 : false,
  });
  const test = useMutation(
    api.accounts.test.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.accounts.key() }),
      onError: (error) => notify(refusalOf(error).message, "danger"),
    }),
  );
  const isOpen = (account: AwsAccountView) => open.has(account.id);
  const toggle = (account: AwsAccountView) => {
    const next = new Set(open);
    if (!next.delete(account.id)) next.add(account.id);
    setOpen(next);
  };
  return (
    <>
      <PageHeader
        title="Accounts"
        facts="The AWS accounts in which roles are made. Only the worker reaches them."
        actions={
          <Button reason={reason} onClick={() => setEdited("new")}>
            <Plus aria-hidden className="size-3.5" /> Add account
          </Button>
        }
      />
      {accounts.isPending ? <SkeletonRows rows={4} label="Loading accounts" /> : null}
      {accounts.isError && !accounts.data ? (
        <QueryError what="The accounts" error={accounts.error} onRetry={() => void accounts.refetch()} />
      ) : null}
      {accounts.data?.length === 0 ? <NoAccounts reason={reason} ownOnly={ownOnly} /> : null}
      {accounts.data && accounts.data.length > 0 ? (
        <DataList
          label="AWS accounts"
          items={accounts.data}
          columns={accountColumns(isOpen)}
          itemKey={(account) => account.id}
          rowLabel={(account) => `${account.name} ${account.accountId}`}
          onOpen={toggle}
          below={(account) => (isOpen(account) ? <AccountDetail account={account} /> : null)}
          actionsWidth="60px"
          actions={(account) => (
            <>
              <Button
                size="icon"
                variant="ghost"
                reason={reason}
                aria-label={`Test the connection to ${account.name}`}
                title="Test the connection"
                onClick={() => test.mutate({ id: account.id })}
              >
                <PlugZap aria-hidden className="size-3.5" />
              </Button>
              <Button
                size="icon"
                variant="ghost"
                reason={reason ?? fileReason(account)}
                aria-label={`Edit ${account.name}`}
                title="Edit"
                onClick={() => setEdited(account)}
              >
                <PencilLine aria-hidden className="size-3.5" />
              </Button>
            </>
          )}
        />
      ) : null}
      {edited ? (
        <AccountDialog
          key={edited === "new" ? "new" : edited.id}
          account={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </>
  );
}

function NoAccounts({ reason, ownOnly }: AccountListProps) {
  if (ownOnly)
    return (
      <EmptyState title="No account holds a role of your projects yet">
        An account appears here with the first role of a project of yours. In which accounts a role can be made, its
        form shows.
      </EmptyState>
    );
  return (
    <EmptyState title="No AWS account yet">
      {reason ??
        "Add one here, or name them in the file of TRUSTDESK_ACCOUNTS_FILE. The worker reaches an account by assuming its spoke role."}
    </EmptyState>
  );
}

function fileReason(account: AwsAccountView): string | null {
  return account.source === "file"
    ? "This account comes from the accounts file. Change it there and start Trustdesk again."
    : null;
}

function TestResult({ account }: { account: AwsAccountView }) {
  const test = account.lastTest;
  if (!test) return <Badge>not tested</Badge>;
  if (test.state === "running") return <Badge tone="accent">testing</Badge>;
  return (
    <span className="flex items-center gap-2">
      <Badge tone={test.state === "passed" ? "safe" : "danger"}>{test.state}</Badge>
      <RelativeTime at={test.at} className="relative z-1 text-sm text-ink-3 max-sm:hidden" />
    </span>
  );
}
