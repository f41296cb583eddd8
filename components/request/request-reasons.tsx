import { RecordFact, RecordFacts, RecordSection } from "@/components/layout/record-section";
import type { RequestView } from "@/lib/request/contract";

/** Why the role was asked for, and under which rule it was applied. */
export function RequestReasons({ request }: { request: RequestView }) {
  const { justification, ticketUrl } = request.draft;
  return (
    <RecordSection title="Why">
      <RecordFacts>
        <RecordFact name="Approval">{ruleSentence(request)}</RecordFact>
        <RecordFact name="Justification">
          {justification ? (
            <span className="whitespace-pre-line">{justification}</span>
          ) : (
            <span className="text-ink-3">none given</span>
          )}
        </RecordFact>
        {ticketUrl ? (
          <RecordFact name="Ticket">
            <Ticket url={ticketUrl} />
          </RecordFact>
        ) : null}
        {request.roleArn ? (
          <RecordFact name="Role ARN" copy={request.roleArn}>
            <code className="font-mono">{request.roleArn}</code>
          </RecordFact>
        ) : null}
        <RecordFact name="Digest of the plan" copy={request.planDigest}>
          <code className="font-mono text-ink-2" title={request.planDigest}>
            {request.planDigest.slice(0, 12)}…
          </code>
        </RecordFact>
      </RecordFacts>
    </RecordSection>
  );
}

function Ticket({ url }: { url: string }) {
  if (!/^https?:\/\//i.test(url)) return <>{url}</>;
  return (
    <a href={url} rel="noreferrer" className="text-accent hover:underline">
      {url}
    </a>
  );
}

function ruleSentence({ rule, decisions, state }: RequestView): string {
  if (rule === "platform-engineer") return "No approval needed: it was asked for by a platform engineer.";
  const [decision] = decisions;
  if (!decision)
    return state === "requested"
      ? "Needs the approval of a platform engineer."
      : "It needed the approval of a platform engineer; nobody decided.";
  return `${decision.verdict === "approved" ? "Approved" : "Rejected"} by ${decision.person.name}${decision.reason ? `: ${decision.reason}` : "."}`;
}
