import { NuqsAdapter } from "nuqs/adapters/next/app";
import { PageHeader } from "@/components/layout/page-header";
import { RequestList } from "@/components/request/request-list";
import { requirePerson } from "@/lib/identity/loaders";

export const metadata = { title: "Requests" };

export default async function RequestsPage() {
  await requirePerson();
  return (
    <>
      <PageHeader title="Requests" />
      <NuqsAdapter>
        <RequestList />
      </NuqsAdapter>
    </>
  );
}
