import { CodeBlock } from "@/components/ui/code-block";
import type { DiffLine } from "@/components/ui/diff-view";
import { DiffView } from "@/components/ui/diff-view";
import type { FindingExample } from "@/lib/findings/examples";
import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { documentDiff } from "@/lib/plan/describe";

/** Statements that have a finding beside the same mended, or alone where what mends it is elsewhere. */
export function ExamplePair({ example: { has, mended }, label }: { example: FindingExample; label: string }) {
  if (mended === null)
    return (
      <>
        <CodeBlock text={JSON.stringify(shown(has), null, 2)} label={label} />
        <p className="mt-2 text-ink-2">What mends it is not in the document.</p>
      </>
    );
  const [before, after] = has.length + mended.length > 2 ? [has, mended] : [shown(has), shown(mended)];
  const lines = documentDiff(before, after);
  return (
    <div className="grid gap-x-3 gap-y-4 wide:grid-cols-2">
      <Side title="With the finding" label={label} lines={lines.filter(({ kind }) => kind !== "added")} />
      <Side title="Mended" label={label} lines={lines.filter(({ kind }) => kind !== "removed")} />
    </div>
  );
}

function Side({ title, label, lines }: { title: string; label: string; lines: readonly DiffLine[] }) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 text-sm text-ink-2">{title}</figcaption>
      <DiffView label={`${label}: ${title}`} lines={lines} />
    </figure>
  );
}

function shown(statements: readonly PolicyStatement[]): unknown {
  return statements.length === 1 ? statements[0] : statements;
}
