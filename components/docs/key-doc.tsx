import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { RecordFact, RecordFacts, RecordSection } from "@/components/layout/record-section";
import { paths } from "@/lib/paths";
import type { ConditionKey } from "./condition-keys";
import { effectWords, knowledgeWords } from "./condition-keys";
import { FindingsWith } from "./related";
import { Source } from "./source";

/** One condition key: what it is when a pipeline assumes a role, and what a condition on it does. */
export function KeyDoc({ row }: { row: ConditionKey }) {
  const { key, knowledge, meaning, sources } = row;
  return (
    <article>
      <PageHeader
        crumbs={[{ label: "Docs", href: paths.docs() }, { label: "Condition keys" }]}
        title={<code className="font-mono">{key}</code>}
        facts={key.endsWith("*") ? "All keys that begin so" : undefined}
      />
      <p className="max-w-[72ch]">{meaning}</p>
      <RecordSection title="When a pipeline assumes a role">
        <RecordFacts>
          <RecordFact name="The key is">{knowledgeWords(row)}</RecordFact>
          <RecordFact name="A condition on it">{effectWords(row)}</RecordFact>
          {knowledge.is === "token" ? (
            <RecordFact name="The claim">
              <Link href={paths.docsClaim(knowledge.claim)} className="text-accent hover:underline">
                <code className="font-mono">{knowledge.claim}</code>
              </Link>
            </RecordFact>
          ) : null}
        </RecordFacts>
      </RecordSection>
      <FindingsWith conditionKey={key} />
      <RecordSection title="Source">
        {sources.map((source) => (
          <Source key={source} href={source} />
        ))}
      </RecordSection>
    </article>
  );
}
