import { DiffView } from "@/components/ui/diff-view";
import type { Change } from "@/lib/plan/change";
import { documentDiff } from "@/lib/plan/describe";

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
          <DiffView label={label} lines={documentDiff(before, after)} layout={before === null || after === null ? "unified" : "split"} className="max-h-[420px] overflow-auto" />
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
      return [{ label: "The role as recorded, and as AWS holds it", before: change.before, after: change.after }];
    case "update-role":
    case "tag-role":
      return [{ label: change.kind === "tag-role" ? "Tags" : "Settings", before: change.before, after: change.after }];
    default:
      return [];
  }
}
