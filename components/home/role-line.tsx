import Link from "next/link";
import { RoleMark } from "@/components/role/role-grade";
import { RelativeTime } from "@/components/ui/relative-time";
import { paths } from "@/lib/paths";
import type { RoleRow } from "@/lib/role/contract";

/** A role in two lines: its name and grade, and where it is and when it was last used. */
export function RoleLine({ role }: { role: RoleRow }) {
  return (
    <Link
      href={paths.role(role.id)}
      className="grid gap-0.5 rounded-sm px-1 py-2 -outline-offset-2 hover:bg-accent-soft"
    >
      <span className="flex flex-wrap items-center justify-between gap-x-3">
        <code className="min-w-0 font-mono [overflow-wrap:anywhere]">{role.name}</code>
        <RoleMark role={role} />
      </span>
      <span className="text-sm text-ink-3">
        {role.projectPath} · {role.account.name} ·{" "}
        {role.lastUsedAt ? (
          <>
            last used <RelativeTime at={role.lastUsedAt} />
          </>
        ) : (
          "no use known"
        )}
      </span>
    </Link>
  );
}
