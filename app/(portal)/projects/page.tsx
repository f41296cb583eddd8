import { NuqsAdapter } from "nuqs/adapters/next/app";
import { PageHeader } from "@/components/layout/page-header";
import { ProjectList } from "@/components/project/project-list";
import { requirePerson } from "@/lib/identity/loaders";

export const metadata = { title: "Projects" };

export default async function ProjectsPage() {
  await requirePerson();
  return (
    <>
      <PageHeader title="Projects" />
      <NuqsAdapter>
        <ProjectList />
      </NuqsAdapter>
    </>
  );
}
