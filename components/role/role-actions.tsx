"use client";

import Link from "next/link";
import { useState } from "react";
import { ChangeDialog } from "@/components/request/change-dialog-later";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { paths } from "@/lib/paths";
import { differsFromRecord } from "@/lib/plan/live-state";
import type { RoleChange } from "@/lib/request/schema";
import type { RoleView } from "@/lib/role/contract";
import type { RoleVersion } from "./role-version";

/** What can be asked for about a role; what is not possible now says why. */
export function RoleActions({ role, version }: { role: RoleView; version: RoleVersion | null }) {
  const [change, setChange] = useState<RoleChange | null>(null);
  const { can } = role;
  const ask = (kind: "remove" | "restore" | "adopt") => () =>
    setChange(
      kind === "remove"
        ? { kind, roleId: role.id, removeProvider: false, justification: "" }
        : { kind, roleId: role.id, justification: "" },
    );
  const drifted = differsFromRecord(role.liveState);
  const gone = role.liveState === "gone";
  if (role.removedAt) return null;
  return (
    <>
      {drifted ? (
        <>
          {gone ? null : (
            <Button reason={can.adopt.ok ? null : can.adopt.reason} onClick={ask("adopt")}>
              Take AWS&apos;s
            </Button>
          )}
          <Button
            variant={gone ? "primary" : "plain"}
            reason={can.restore.ok ? null : can.restore.reason}
            onClick={ask("restore")}
          >
            Put ours back
          </Button>
        </>
      ) : null}
      <Button variant="danger" reason={can.remove.ok ? null : can.remove.reason} onClick={ask("remove")}>
        Remove
      </Button>
      {can.edit.ok ? (
        <Link href={paths.editRole(role.id)} className={buttonLook("primary")}>
          Change
        </Link>
      ) : (
        <Button variant={gone ? "plain" : "primary"} reason={can.edit.reason}>
          Change
        </Button>
      )}
      {change ? (
        <ChangeDialog
          change={change}
          roleName={role.name}
          asRecorded={version?.judgement.after}
          onClose={() => setChange(null)}
        />
      ) : null}
    </>
  );
}
