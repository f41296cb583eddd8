"use client";

import type { ReactNode } from "react";
import { WhoGetsIn, WhoGetsInWords } from "@/components/trust/who-gets-in";
import { WhoGetsInChange } from "@/components/trust/who-gets-in-change";
import { WhoeverElse } from "@/components/trust/whoever-else";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { WhoGetsIn as Answer } from "@/lib/judgement/judgement";
import { movedWords } from "@/lib/judgement/project";
import type { RoleView } from "@/lib/role/contract";
import type { RoleVersion } from "./role-version";
import { useRoleJudgement } from "./use-judgement";

interface RoleWhoGetsInProps {
  role: RoleView;
  version: RoleVersion;
}

/** Which of the project's refs get in now, by what AWS holds; where GitLab does not show them, which did when the version was applied. */
export function RoleWhoGetsIn({ role, version }: RoleWhoGetsInProps) {
  const { judgement, isPending, projectPath, asOf } = useRoleJudgement(role, version);
  const { after, before, beyond, others, out } = judgement;
  const moved = movedWords(role.projectPath, projectPath);
  if (isPending) return <SkeletonRows rows={6} label="Loading who gets in" />;
  const shown = asOf ? (
    <>
      The branches and tags of {role.projectPath} as GitLab showed them <RelativeTime at={asOf} />.
    </>
  ) : null;
  if (after.kind === "nobody") return <Closed because={after.because} before={before} version={version} asOf={shown} />;
  if (after.kind === "untold") {
    return (
      <>
        <Note>
          As recorded with version {version.version} <RelativeTime at={version.createdAt} />, since who gets in now
          can&apos;t be told here: {after.because}
        </Note>
        <WhoGetsIn who={version.judgement.after} />
      </>
    );
  }
  return (
    <>
      <Note>
        {moved ? `${moved} ` : null}
        {before ? "By the trust policy that AWS holds now, against the recorded one. " : null}
        {shown}
      </Note>
      {before ? (
        <div className="grid gap-5">
          <WhoGetsInChange before={before} after={after} beyond={beyond} />
          <WhoeverElse who={after} others={others} />
        </div>
      ) : (
        <WhoGetsIn who={after} others={others} out={out} />
      )}
    </>
  );
}

interface ClosedProps {
  because: string;
  before: Answer | null;
  version: RoleVersion;
  asOf: ReactNode;
}

/** Nobody gets in; whom the version let in before is told by today's refs, or by those of its time. */
function Closed({ because, before, version, asOf }: ClosedProps) {
  const then = before?.kind === "refs" ? before : version.judgement.after;
  return (
    <>
      <Note>
        Nobody gets in: {because}. Version {version.version} let these in. {before?.kind === "refs" ? asOf : null}
      </Note>
      {then.kind === "refs" ? <WhoGetsIn who={then} /> : <WhoGetsInWords who={then} />}
    </>
  );
}

function Note({ children }: { children: ReactNode }) {
  return <p className="mb-3 max-w-[100ch] text-ink-2">{children}</p>;
}
