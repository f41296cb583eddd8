import { RecordFact, RecordFacts } from "@/components/layout/record-section";
import { PolicyDocumentView } from "@/components/plan/policy-document";
import { describePermissions } from "@/lib/iam/permission-policy";
import { readPolicy } from "@/lib/iam/policy-schema";
import type { RoleDocument } from "@/lib/plan/change";
import { hoursWords } from "@/lib/plan/describe";

/** The part of a role that says what it may do, and for how long. */
type ShownDocument = Pick<
  RoleDocument,
  "inlinePolicies" | "attachedPolicies" | "boundaryArn" | "maxSessionSeconds" | "description"
>;

/** What the role may do: its inline policies in sentences and as documents, the managed ones by name, and what bounds it. */
export function RolePermissions({ document }: { document: ShownDocument }) {
  const policies = Object.entries(document.inlinePolicies);
  const attached = document.attachedPolicies ?? [];
  return (
    <div className="grid gap-5">
      <RecordFacts>
        <RecordFact name="Boundary">
          {document.boundaryArn ? <code className="font-mono">{document.boundaryArn}</code> : "none"}
        </RecordFact>
        <RecordFact name="Longest session">{hoursWords(document.maxSessionSeconds)}</RecordFact>
        {document.description ? <RecordFact name="Description">{document.description}</RecordFact> : null}
      </RecordFacts>
      {policies.length === 0 && attached.length === 0 ? (
        <p className="text-ink-2">The role has no policy: it may do nothing by itself.</p>
      ) : null}
      {attached.length > 0 ? (
        <section aria-label="Managed policies">
          <p className="mb-1">
            Attached managed policies; what they allow is kept outside of the role, and may change without it:
          </p>
          <ul className="list-disc pl-5">
            {attached.map((arn) => (
              <li key={arn}>
                <code className="font-mono [overflow-wrap:anywhere]">{arn}</code>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {policies.map(([name, policy]) => (
        <section key={name} aria-label={`Inline policy ${name}`}>
          <ul className="mb-2 grid gap-1">
            {describePermissions(readPolicy(policy)).map((sentence) => (
              <li key={sentence} className="[overflow-wrap:anywhere]">
                {sentence}
              </li>
            ))}
          </ul>
          <PolicyDocumentView document={policy} label={`Inline policy ${name}`} />
        </section>
      ))}
    </div>
  );
}
