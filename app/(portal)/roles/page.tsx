import { NuqsAdapter } from "nuqs/adapters/next/app";
import { PageHeader } from "@/components/layout/page-header";
import { RoleList } from "@/components/role/role-list";
import { requirePerson } from "@/lib/identity/loaders";

export const metadata = { title: "Roles" };

export default async function RolesPage() {
  await requirePerson();
  return (
    <>
      <PageHeader title="Roles" />
      <NuqsAdapter>
        <RoleList />
      </NuqsAdapter>
    </>
  );
}
