import { RecordFact, RecordFacts } from "@/components/layout/record-section";

/** The role's tags in AWS. */
export function RoleTags({ tags }: { tags: Record<string, string> }) {
  const entries = Object.entries(tags);
  if (entries.length === 0) return <p className="text-ink-2">The role has no tags.</p>;
  return (
    <RecordFacts>
      {entries.map(([key, value]) => (
        <RecordFact key={key} name={key}>
          <code className="font-mono">{value}</code>
        </RecordFact>
      ))}
    </RecordFacts>
  );
}
