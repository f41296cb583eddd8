import { notFound } from "next/navigation";
import { ProjectDetail } from "@/components/project/project-detail";
import { requirePerson } from "@/lib/identity/loaders";
import { projectIdSchema } from "@/lib/ids";

export const metadata = { title: "Project" };

export default async function ProjectPage({ params }: { params: Promise<{ projectId: string }> }) {
  await requirePerson();
  const id = projectIdSchema.safeParse((await params).projectId);
  if (!id.success) notFound();
  return <ProjectDetail projectId={id.data} />;
}
