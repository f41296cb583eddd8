import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-list-column";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RoleRow } from "@/lib/role/contract";
import { RoleGrade } from "./role-grade";
import { type RoleStanding, standingWord } from "./role-standing";

/** What a list of roles shows of each. */
export const roleColumns: readonly Column<RoleRow>[] = [
  {
    id: "name",
    header: "Role",
    width: "minmax(0,1.1fr)",
    cell: (role) => (
      <>
        <code className="block truncate font-mono" title={role.path + role.name}>
          {role.path === "/" ? null : <span className="text-ink-3">{role.path}</span>}
          {role.name}
        </code>
        <span className="block text-sm text-ink-3 [overflow-wrap:anywhere] wide:hidden">
          {role.projectPath}, {role.account.name} · <StandingWord role={role} />
        </span>
      </>
    ),
  },
  {
    id: "project",
    header: "Trusts",
    width: "minmax(0,1fr)",
    wideOnly: true,
    cell: (role) => (
      <span className="block truncate text-ink-2" title={role.projectPath}>
        {role.projectPath}
      </span>
    ),
  },
  {
    id: "account",
    header: "Account",
    width: "176px",
    wideOnly: true,
    cell: (role) => (
      <span className="block truncate">
        {role.account.name} <code className="font-mono text-ink-3">{role.account.accountId}</code>
      </span>
    ),
  },
  {
    id: "owner",
    header: "Made by",
    width: "120px",
    wideOnly: true,
    cell: (role) => <span className="block truncate text-ink-2">{role.owner.name}</span>,
  },
  {
    id: "updated",
    header: "Changed",
    width: "92px",
    wideOnly: true,
    cell: (role) => <RelativeTime at={role.updatedAt} className="relative z-1 text-sm text-ink-3" />,
  },
  { id: "live", header: "AWS now", width: "112px", wideOnly: true, cell: (role) => <StandingWord role={role} /> },
  { id: "grade", header: "Grade", width: "84px", cell: (role) => <RoleGrade role={role} /> },
];

function StandingWord({ role }: { role: RoleRow }) {
  const standing: RoleStanding = role.removedAt ? "removed" : role.liveState;
  if (standing === "drifted" || standing === "gone") return <Badge tone="danger">{standingWord[standing]}</Badge>;
  return <span className="text-sm text-ink-3">{standingWord[standing]}</span>;
}
