import { NuqsAdapter } from "nuqs/adapters/next/app";
import { AuditChain } from "@/components/audit/audit-chain";
import { AuditList } from "@/components/audit/audit-list";
import { PageHeader } from "@/components/layout/page-header";
import { requirePerson } from "@/lib/identity/loaders";

export const metadata = { title: "Audit" };

export default async function AuditPage() {
  await requirePerson();
  return (
    <>
      <PageHeader
        title="Audit"
        facts="Each entry holds the hash of the one before it, so that a change afterwards shows."
        actions={<AuditChain />}
      />
      <NuqsAdapter>
        <AuditList />
      </NuqsAdapter>
    </>
  );
}
