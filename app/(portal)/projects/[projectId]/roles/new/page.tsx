import { notFound } from "next/navigation";
import { NewRole } from "@/components/role-request/new-role";
import { requirePerson } from "@/lib/identity/loaders";
import { projectIdSchema } from "@/lib/ids";

export const metadata = { title: "New role" };

export default async function NewRolePage({ params }: { params: Promise<{ projectId: string }> }) {
  const { person } = await requirePerson();
  const projectId = projectIdSchema.safeParse((await params).projectId);
  if (!projectId.success) notFound();
  return <NewRole projectId={projectId.data} username={person.username} />;
}
