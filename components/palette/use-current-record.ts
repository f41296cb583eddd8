"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { api } from "@/lib/api/client";
import { paths } from "@/lib/paths";
import { goalWords } from "@/lib/plan/goal-words";
import type { RecentRecord } from "./recent";

export interface CurrentRecord extends RecentRecord {
  projectId: number;
  projectPath: string;
}

/** What the page is about, once the page itself has loaded it: nothing is fetched for this. */
export function useCurrentRecord(): CurrentRecord | null {
  const [, section, id = ""] = usePathname().split("/");
  const projectId = section === "projects" ? Number(id) : 0;
  const project = useQuery({ ...api.projects.get.queryOptions({ input: { projectId } }), enabled: false }).data;
  const role = useQuery({
    ...api.roles.get.queryOptions({ input: { id: section === "roles" ? id : "" } }),
    enabled: false,
  }).data;
  const request = useQuery({
    ...api.requests.get.queryOptions({ input: { id: section === "requests" ? id : "" } }),
    enabled: false,
  }).data;
  if (project)
    return {
      kind: "project",
      href: paths.project(project.projectId),
      label: project.path,
      note: "",
      projectId: project.projectId,
      projectPath: project.path,
    };
  if (role)
    return {
      kind: "role",
      href: paths.role(role.id),
      label: role.name,
      note: role.account.name,
      projectId: role.projectId,
      projectPath: role.projectPath,
    };
  if (request)
    return {
      kind: "request",
      href: paths.request(request.id),
      label: `${goalWords[request.kind]} ${request.roleName}`,
      note: request.projectPath,
      projectId: request.projectId,
      projectPath: request.projectPath,
    };
  return null;
}
