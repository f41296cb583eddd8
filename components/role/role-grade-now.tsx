import { Grade } from "@/components/ui/grade";
import { heldNow } from "@/lib/judgement/held-now";
import { saidNow } from "@/lib/judgement/said-now";
import type { RoleView } from "@/lib/role/contract";
import { RoleGrade, WasGrade } from "./role-grade";
import type { RoleVersion } from "./role-version";
import { useRoleJudgement } from "./use-judgement";

interface GradedRole {
  role: RoleView;
  version: RoleVersion;
}

/** The grade on the role's page: where AWS holds what was recorded, by what GitLab shows now; where that is not told, only what it was. */
export function RoleGradeNow({ role, version }: GradedRole) {
  if (heldNow(role, version.document).of !== "record") return <RoleGrade role={role} />;
  return <LiveGrade role={role} version={version} />;
}

function LiveGrade({ role, version }: GradedRole) {
  const { judgement, isPending } = useRoleJudgement(role, version);
  const said = saidNow(judgement, version.judgement, version.version);
  return isPending || said.of === "record" ? <WasGrade grade={role.grade} /> : <Grade grade={said.grade} />;
}
