"use client";

import { RecordSection } from "@/components/layout/record-section";
import { FindingsList } from "@/components/trust/findings-list";
import { SkeletonRows } from "@/components/ui/skeleton";
import { heldNow } from "@/lib/judgement/held-now";
import { saidNow } from "@/lib/judgement/said-now";
import type { RoleView } from "@/lib/role/contract";
import type { RoleVersion } from "./role-version";
import { useRoleJudgement } from "./use-judgement";

interface RoleFindingsProps {
  role: RoleView;
  version: RoleVersion;
}

/** What is to be said of the role now, where AWS holds what was recorded; else what was said of the recorded version. */
export function RoleFindings({ role, version }: RoleFindingsProps) {
  if (heldNow(role, version.document).of === "record") return <FindingsAgainstRecord role={role} version={version} />;
  return (
    <RecordSection title="Findings" note={`of version ${version.version}`}>
      <FindingsList findings={version.judgement.findings} />
    </RecordSection>
  );
}

function FindingsAgainstRecord({ role, version }: RoleFindingsProps) {
  const { judgement, isPending } = useRoleJudgement(role, version);
  const said = saidNow(judgement, version.judgement, version.version);
  if (isPending)
    return (
      <RecordSection title="Findings now">
        <SkeletonRows rows={1} label="Judging the role as it is now" />
      </RecordSection>
    );
  return (
    <RecordSection title={said.of === "now" ? "Findings now" : "Findings"}>
      {said.notes.map((note) => (
        <p key={note} className="mb-2 max-w-[100ch] text-ink-2">
          {note}
        </p>
      ))}
      <FindingsList findings={said.findings} />
    </RecordSection>
  );
}

/** What is to be said about the role that AWS holds, where that is another than was recorded. */
export function FindingsInAws({ role, version }: RoleFindingsProps) {
  if (heldNow(role, version.document).of !== "aws") return null;
  return (
    <div className="mb-5">
      <RecordSection title="Findings in AWS now">
        <FindingsNow role={role} version={version} />
      </RecordSection>
    </div>
  );
}

function FindingsNow({ role, version }: RoleFindingsProps) {
  const { judgement, isPending } = useRoleJudgement(role, version);
  if (isPending) return <SkeletonRows rows={1} label="Judging what AWS holds" />;
  return <FindingsList findings={judgement.findings} />;
}
