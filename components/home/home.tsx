"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { QueryError } from "@/components/layout/query-error";
import { RecordSection } from "@/components/layout/record-section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { SignedInPerson } from "@/lib/identity/model";
import { paths } from "@/lib/paths";
import { FailedRequests } from "./failed-requests";
import { FirstSteps } from "./first-steps";
import { OwnRequests } from "./own-requests";
import { OwnRoles } from "./own-roles";
import { RequestLines } from "./request-lines";
import { RiskyRoles } from "./risky-roles";

const greeting: Record<SignedInPerson["role"], string> = {
  "platform-engineer": "What waits for you, and what needs a look in all accounts.",
  auditor: "What needs a look in all accounts. The audit says who did what, when and why.",
  member: "What became of your requests, and the roles of your projects.",
};

/** The first page: what waits for the person, what happened to what they asked for, and what is risky. */
export function Home({ person }: { person: SignedInPerson }) {
  const news = useQuery(api.requests.news.queryOptions({ refetchInterval: 20_000 }));
  return (
    <>
      <PageHeader title="Home" facts={greeting[person.role]} />
      <FirstSteps person={person} />
      {news.isError && !news.data ? (
        <QueryError what="What is new" error={news.error} onRetry={() => void news.refetch()} />
      ) : null}
      <div className="grid gap-x-10 wide:grid-cols-2">
        <div className="min-w-0 empty:hidden">
          {person.role === "platform-engineer" ? (
            <RecordSection
              title="To decide"
              note={
                news.data && news.data.toDecideCount > news.data.toDecide.length ? (
                  <AllLink href={paths.requestsToDecide()}>All {news.data.toDecideCount.toLocaleString("en")}</AllLink>
                ) : null
              }
            >
              {news.data ? (
                <RequestLines rows={news.data.toDecide} empty="Nothing waits for you." />
              ) : (
                <Loading error={news.isError} />
              )}
            </RecordSection>
          ) : null}
          {person.role === "auditor" ? null : (
            <RecordSection title="New about your requests">
              {news.data ? (
                <RequestLines
                  rows={news.data.news}
                  empty="Nothing happened since you last looked."
                  sentence={(row) => row.sentence}
                />
              ) : (
                <Loading error={news.isError} />
              )}
            </RecordSection>
          )}
          {person.role === "auditor" ? null : <OwnRequests />}
        </div>
        <div className="min-w-0">
          {person.role === "member" ? <OwnRoles /> : null}
          {person.role === "platform-engineer" ? <FailedRequests /> : null}
          <RiskyRoles />
        </div>
      </div>
    </>
  );
}

function Loading({ error }: { error: boolean }) {
  return error ? null : <SkeletonRows rows={3} label="Loading" />;
}

function AllLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-accent hover:underline">
      {children}
    </Link>
  );
}
