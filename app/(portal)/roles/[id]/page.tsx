import { notFound } from "next/navigation";
import { RoleDetail } from "@/components/role/role-detail";
import { requirePerson } from "@/lib/identity/loaders";
import { rowIdSchema } from "@/lib/ids";

export const metadata = { title: "Role" };

export default async function RolePage({ params }: { params: Promise<{ id: string }> }) {
  await requirePerson();
  const id = rowIdSchema.safeParse((await params).id);
  if (!id.success) notFound();
  return <RoleDetail id={id.data} />;
}
