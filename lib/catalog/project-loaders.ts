import { notFound } from "next/navigation";
import { systemClock } from "@/lib/clock";
import { knownError } from "@/lib/errors";
import { projectIdSchema } from "@/lib/ids";
import { requirePerson } from "@/lib/identity/loaders";
import type { SignedInPerson } from "@/lib/identity/model";
import type { ProjectView } from "./model";
import { openProject } from "./open-project";

/** A project's page: live from GitLab, and "not found" for whoever may not see it. `id` is the address's part. */
export async function loadProject(id: string): Promise<{ person: SignedInPerson; project: ProjectView }> {
  const signed = await requirePerson();
  const projectId = projectIdSchema.safeParse(id);
  if (!projectId.success) notFound();
  try {
    return { person: signed.person, project: await openProject(signed, projectId.data, systemClock) };
  } catch (error) {
    if (knownError(error)?.code === "not-found") notFound();
    throw error;
  }
}
