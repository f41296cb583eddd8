import { notFound } from "next/navigation";
import { NewRole } from "@/components/role-form/new-role";
import { requirePerson } from "@/lib/identity/loaders";
import { projectIdSchema } from "@/lib/ids";

export const metadata = { title: "New role" };

interface NewRolePageProps {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ request?: string | string[] }>;
}

export default async function NewRolePage({ params, searchParams }: NewRolePageProps) {
  const { person } = await requirePerson();
  const { request } = await searchParams;
  const projectId = projectIdSchema.safeParse((await params).projectId);
  if (!projectId.success) notFound();
  return (
    <NewRole
      projectId={projectId.data}
      requestId={typeof request === "string" ? request : undefined}
      username={person.username}
    />
  );
}
