"use client";

import { RecordSection } from "@/components/layout/record-section";
import { FindingsList } from "@/components/trust/findings-list";
import { SkeletonRows } from "@/components/ui/skeleton";
import { heldNow } from "@/lib/judgement/held";
import type { RoleView } from "@/lib/role/contract";
import type { RoleVersion } from "./role-version";
import { useRoleJudgement } from "./use-judgement";

interface RoleFindingsProps {
  role: RoleView;
  version: RoleVersion;
}

/** What was to be said about the recorded version. */
export function RecordedFindings({ role, version }: RoleFindingsProps) {
  const isHeld = heldNow(role, version.document).of === "record";
  return (
    <RecordSection title="Findings" note={isHeld ? null : `of version ${version.version}`}>
      <FindingsList findings={version.judgement.findings} />
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
