import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "@/lib/api/client";
import type { RefVerdict } from "@/lib/iam/admitted";
import type { RoleView } from "@/lib/role/contract";
import { admittedNow, heldNow } from "./held-now";
import type { RoleVersion } from "./role-version";

/** Who gets in by the trust that AWS holds now; where GitLab does not show the project, who did when the version was made, and null where nobody knew. */
export function useAdmitted(
  role: RoleView,
  version: RoleVersion,
): { admitted: RefVerdict[] | null; byTrustOf: "now" | "version" } {
  const project = useQuery(api.projects.get.queryOptions({ input: { projectId: role.projectId } }));
  const refs = useQuery(api.projects.refs.queryOptions({ input: { projectId: role.projectId } }));
  const admitted = useMemo(() => {
    const held = heldNow(role, version.document);
    return project.data && refs.data && held.of !== "nothing"
      ? admittedNow(role, held.document, project.data, refs.data.refs)
      : null;
  }, [role, version, project.data, refs.data]);
  return admitted ? { admitted: admitted.in, byTrustOf: "now" } : { admitted: version.admitted, byTrustOf: "version" };
}
