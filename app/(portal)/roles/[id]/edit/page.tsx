import { notFound } from "next/navigation";
import { EditRole } from "@/components/role-form/edit-role";
import { requirePerson } from "@/lib/identity/loaders";
import { rowIdSchema } from "@/lib/ids";

export const metadata = { title: "Change a role" };

interface EditRolePageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ request?: string | string[] }>;
}

export default async function EditRolePage({ params, searchParams }: EditRolePageProps) {
  const { person } = await requirePerson();
  const [{ id }, { request }] = await Promise.all([params, searchParams]);
  const roleId = rowIdSchema.safeParse(id);
  if (!roleId.success) notFound();
  return (
    <EditRole
      roleId={roleId.data}
      requestId={typeof request === "string" ? request : undefined}
      username={person.username}
    />
  );
}
