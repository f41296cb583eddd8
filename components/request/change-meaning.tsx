import { FindingsList } from "@/components/trust/findings-list";
import { WhoGetsInWords } from "@/components/trust/who-gets-in";
import { WhoGetsInChange } from "@/components/trust/who-gets-in-change";
import type { Judgement, WhoGetsIn } from "@/lib/judgement/judgement";
import { unjudged } from "@/lib/request/model";
import type { RoleChange } from "@/lib/request/schema";
import type { PlanNow } from "./plan-now";

interface ChangeMeaningProps {
  kind: RoleChange["kind"];
  now: PlanNow | undefined;
  /** Whom the recorded version let in, for whom GitLab does not show the refs of today. */
  asRecorded?: WhoGetsIn | undefined;
}

/** What a change means beyond its plan: whose pipelines break, or what is to be said of the role as it will be. */
export function ChangeMeaning({ kind, now, asRecorded }: ChangeMeaningProps) {
  if (!now?.plan) return null;
  const { judgement } = now;
  if (kind === "remove" || kind === "undo") {
    const before = judgement?.before ?? null;
    return <WhosePipelinesBreak now={before} asRecorded={asRecorded} />;
  }
  if (!judgement) return <Part title="What it means">{unjudged}</Part>;
  return <WhatItMeans judgement={judgement} />;
}

function WhatItMeans({ judgement: { findings, before, after, beyond } }: { judgement: Judgement }) {
  return (
    <>
      <Part title="What to look at">
        <FindingsList findings={findings} />
      </Part>
      {before ? (
        <Part title="Who gets in">
          <WhoGetsInChange before={before} after={after} beyond={beyond} />
        </Part>
      ) : null}
    </>
  );
}

function WhosePipelinesBreak({ now, asRecorded }: { now: WhoGetsIn | null; asRecorded: WhoGetsIn | undefined }) {
  if (now?.kind === "nobody")
    return (
      <Part title="Whose pipelines break">
        <p className="text-ink-2">Nobody&apos;s: none gets in even now, since {now.because}.</p>
      </Part>
    );
  const who = now?.kind === "refs" ? now : asRecorded;
  return (
    <Part title="Whose pipelines break">
      {who?.kind === "refs" ? (
        <>
          <p className="mb-2 text-ink-2">
            Jobs on these branches and tags,{" "}
            {who === now ? "which get in now." : "as they were when it was recorded last."}
          </p>
          <WhoGetsInChange before={who} after={{ kind: "nobody", because: "the role goes" }} />
        </>
      ) : (
        <WhoGetsInWords
          who={{ kind: "untold", because: now?.kind === "untold" ? now.because : "GitLab does not answer." }}
        />
      )}
    </Part>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 font-semibold">{title}</h3>
      {children}
    </section>
  );
}
