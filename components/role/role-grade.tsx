import { Grade, gradeWord } from "@/components/ui/grade";
import { differsFromRecord } from "@/lib/plan/live-state";
import type { RoleRow } from "@/lib/role/contract";
import { LiveBadge } from "./live-badge";

type Graded = Pick<RoleRow, "grade" | "liveState">;

/** The grade of the recorded version, where AWS holds just that; else only that it was so: it says nothing about AWS. */
export function RoleGrade({ role }: { role: Graded & Pick<RoleRow, "removedAt"> }) {
  if (!role.removedAt && !differsFromRecord(role.liveState)) return <Grade grade={role.grade} />;
  return <WasGrade grade={role.grade} />;
}

/** Only what it was when it was recorded. */
export function WasGrade({ grade }: Pick<Graded, "grade">) {
  return (
    <span className="text-sm whitespace-nowrap text-ink-3" title="As it was recorded; not what is so now">
      was {gradeWord[grade].toLowerCase()}
    </span>
  );
}

/** What is first to know of a role, in one mark: that AWS differs from the record, or else its grade. */
export function RoleMark({ role }: { role: Graded }) {
  return differsFromRecord(role.liveState) ? <LiveBadge state={role.liveState} /> : <Grade grade={role.grade} />;
}
