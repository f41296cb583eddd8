"use client";

import Link from "next/link";
import { useState } from "react";
import { ChangeDialog } from "@/components/request/change-dialog-later";
import { WhoGetsInUntold } from "@/components/trust/who-gets-in";
import { WhoGetsInChange } from "@/components/trust/who-gets-in-change";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { paths } from "@/lib/paths";
import type { Plan } from "@/lib/plan/change";
import type { RoleChange } from "@/lib/request/schema";
import type { RoleView } from "@/lib/role/contract";
import { differsFromRecord } from "@/lib/role/model";
import { closedBecause } from "./held-now";
import { FindingsOf } from "./role-findings";
import type { RoleVersion } from "./role-version";
import { useAdmitted } from "./use-admitted";

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
          meaning={(plan) =>
            version ? <Meaning kind={change.kind} role={role} version={version} plan={plan} /> : null
          }
          onClose={() => setChange(null)}
        />
      ) : null}
    </>
  );
}

function Meaning({
  kind,
  role,
  version,
  plan,
}: {
  kind: RoleChange["kind"];
  role: RoleView;
  version: RoleVersion;
  plan: Plan | null;
}) {
  if (kind === "remove") return <WhosePipelinesBreak role={role} version={version} />;
  const adopted = plan?.changes.find((change) => change.kind === "adopt-role");
  if (!adopted) return null;
  return (
    <section>
      <h3 className="mb-1 font-semibold">What to look at</h3>
      <FindingsOf role={role} document={adopted.after} recorded={version.document} />
    </section>
  );
}

function WhosePipelinesBreak({ role, version }: { role: RoleView; version: RoleVersion }) {
  const { admitted, byTrustOf } = useAdmitted(role, version);
  const closed = closedBecause(role);
  return (
    <section>
      <h3 className="mb-1 font-semibold">Whose pipelines break</h3>
      {closed ? (
        <p className="text-ink-2">Nobody&apos;s: none gets in even now, since {closed}.</p>
      ) : (
        <>
          <p className="mb-2 text-ink-2">
            Jobs of {role.projectPath} on these branches and tags,{" "}
            {byTrustOf === "now" ? "which get in now." : `as they were when version ${version.version} was made.`}
          </p>
          {admitted ? <WhoGetsInChange before={admitted} after={[]} /> : <WhoGetsInUntold />}
        </>
      )}
    </section>
  );
}
