import { RoleDetail } from "@/components/role/role-detail";
import { requirePerson } from "@/lib/identity/loaders";

export const metadata = { title: "Role" };

export default async function RolePage({ params }: { params: Promise<{ id: string }> }) {
  await requirePerson();
  const { id } = await params;
  return <RoleDetail id={id} />;
}
