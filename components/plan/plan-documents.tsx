import { DiffView } from "@/components/ui/diff-view";
import type { Change } from "@/lib/plan/change";
import { documentDiff } from "@/lib/plan/describe";
import { sameJson } from "@/lib/plan/digest";
import { samePolicyOrNone } from "@/lib/plan/same";

interface DocumentPair {
  label: string;
  before: unknown;
  after: unknown;
}

/** The documents that a plan changes, before and after, each under its name. Nothing for a plan that changes none. */
export function PlanDocuments({ changes }: { changes: readonly Change[] }) {
  const pairs = changes.flatMap(documentsOf);
  if (pairs.length === 0) return null;
  return (
    <div className="grid gap-4">
      {pairs.map(({ label, before, after }) => (
        <div key={label} className="min-w-0">
          <h3 className="mb-1 text-sm font-medium">{label}</h3>
          <DiffView
            label={label}
            lines={documentDiff(before, after)}
            layout={before === null || after === null ? "unified" : "split"}
            className="max-h-[420px] overflow-auto"
          />
        </div>
      ))}
    </div>
  );
}

function documentsOf(change: Change): DocumentPair[] {
  switch (change.kind) {
    case "create-role":
      return [{ label: "Trust policy", before: null, after: change.after.trustPolicy }];
    case "update-trust":
      return [{ label: "Trust policy", before: change.before, after: change.after }];
    case "put-inline-policy":
    case "delete-inline-policy":
      return [{ label: `Inline policy ${change.policyName}`, before: change.before, after: change.after }];
    case "adopt-role":
      return documentsOfAdoption(change);
    case "update-role":
    case "tag-role":
      return [{ label: change.kind === "tag-role" ? "Tags" : "Settings", before: change.before, after: change.after }];
    default:
      return [];
  }
}

/** What differs and nothing else, the trust first: who approves must not have to look for it. */
function documentsOfAdoption({ before, after }: Extract<Change, { kind: "adopt-role" }>): DocumentPair[] {
  const names = Object.keys({ ...before.inlinePolicies, ...after.inlinePolicies }).sort();
  const rest = ({ trustPolicy: _trust, inlinePolicies: _inline, ...document }: typeof after) => document;
  const policies = [
    { label: "Trust policy", before: before.trustPolicy, after: after.trustPolicy },
    ...names.map((name) => ({
      label: `Inline policy ${name}`,
      before: before.inlinePolicies[name] ?? null,
      after: after.inlinePolicies[name] ?? null,
    })),
  ].filter((pair) => !samePolicyOrNone(pair.before, pair.after));
  return sameJson(rest(before), rest(after))
    ? policies
    : [
        ...policies,
        { label: "Settings, boundary, tags and managed policies", before: rest(before), after: rest(after) },
      ];
}
