import type { Change } from "./change";

/** "+" made, "~" changed, "-" removed, "=" there already and kept. */
export type ChangeSymbol = "+" | "~" | "-" | "=";

/** "+" made, "~" changed, "-" removed, "=" there already and kept. */
export function symbol(change: Change): ChangeSymbol {
  if (change.kind === "keep-provider" || change.kind === "adopt-role") return "=";
  if (change.before === null) return "+";
  return change.after === null ? "-" : "~";
}

/** The IAM operation that carries each kind of change out, or null where none is needed. */
const calls: Record<Change["kind"], string | null> = {
  "create-provider": "CreateOpenIDConnectProvider",
  "add-audience": "AddClientIDToOpenIDConnectProvider",
  "keep-provider": null,
  "delete-provider": "DeleteOpenIDConnectProvider",
  "create-role": "CreateRole",
  "update-trust": "UpdateAssumeRolePolicy",
  "update-role": "UpdateRole",
  "put-boundary": "PutRolePermissionsBoundary",
  "delete-boundary": "DeleteRolePermissionsBoundary",
  "tag-role": "TagRole",
  "put-inline-policy": "PutRolePolicy",
  "delete-inline-policy": "DeleteRolePolicy",
  "attach-policy": "AttachRolePolicy",
  "detach-policy": "DetachRolePolicy",
  "delete-role": "DeleteRole",
  "adopt-role": null,
};

/** The IAM operation that carries the change out, or null when none is needed. */
export function callName(change: Change): string | null {
  return calls[change.kind];
}

/** The change as a sentence for people. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case "create-provider":
      return `Create the OIDC provider ${change.url} with audience ${change.audiences.join(", ")}.`;
    case "add-audience":
      return `Add audience ${change.audience} to the shared provider ${change.arn}.`;
    case "keep-provider":
      return `Keep the shared provider ${change.arn} as it is.`;
    case "delete-provider":
      return `Delete the provider ${change.arn}, which no role trusts any more.`;
    case "create-role":
      return `Create the role ${change.after.name} at ${change.after.path} with sessions of up to ${hoursWords(change.after.maxSessionSeconds)}${change.after.boundaryArn ? `, bounded by ${change.after.boundaryArn}` : ""}.`;
    case "adopt-role":
      return `Record the role ${change.after.name} as AWS holds it; nothing changes in AWS.${isAnother(change.uniqueId) ? ` It is another role than the recorded one: ${change.uniqueId.before} was deleted, and ${change.uniqueId.after} made in its place.` : ""}`;
    case "delete-role":
      return `Delete the role ${change.roleName}. Whoever assumes it is denied from then on.`;
    default:
      return describeRoleChange(change);
  }
}

function isAnother({ before, after }: { before: string | null; after: string }): boolean {
  return before !== null && before !== after;
}

type WholeKind =
  | "create-provider"
  | "add-audience"
  | "keep-provider"
  | "delete-provider"
  | "create-role"
  | "adopt-role"
  | "delete-role";

function describeRoleChange(change: Exclude<Change, { kind: WholeKind }>): string {
  const role = `the role ${change.roleName}`;
  switch (change.kind) {
    case "put-inline-policy":
      return `${change.before === null ? "Put" : "Replace"} the inline policy ${change.policyName} ${change.before === null ? "on" : "of"} ${role}.`;
    case "delete-inline-policy":
      return `Delete the inline policy ${change.policyName} of ${role}.`;
    case "update-trust":
      return `Replace the trust policy of ${role}.`;
    case "update-role":
      return `Set the description of ${role}, and sessions of up to ${hoursWords(change.after.maxSessionSeconds)}.`;
    case "put-boundary":
      return `Bound ${role} by ${change.after}${change.before === null ? "" : ` instead of ${change.before}`}.`;
    case "delete-boundary":
      return `Take the permissions boundary ${change.before} off ${role}.`;
    case "tag-role":
      return `Set the tags ${Object.keys(change.after).join(", ")} of ${role}.`;
    case "attach-policy":
      return `Attach the managed policy ${change.policyArn} to ${role}.`;
    case "detach-policy":
      return `Detach the managed policy ${change.policyArn} from ${role}.`;
  }
}

export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Two documents as lines of indented JSON, with what was taken out and put in; null stands for no document. */
export function documentDiff(before: unknown, after: unknown): DiffLine[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const common = commonLengths(old, now);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    const [gone, come] = [old[i], now[j]];
    if (gone !== undefined && gone === come) {
      lines.push({ kind: "same", text: gone });
      i += 1;
      j += 1;
    } else if (gone !== undefined && (come === undefined || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      lines.push({ kind: "removed", text: gone });
      i += 1;
    } else {
      lines.push({ kind: "added", text: come ?? "" });
      j += 1;
    }
  }
  return lines;
}

/** Only the lines that changed, with `around` lines before and after each; a cut is one line of "…". */
export function nearChanges(lines: readonly DiffLine[], around = 2): DiffLine[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== "same"),
  );
  return lines.flatMap((line, index) =>
    near[index] ? [line] : near[index - 1] || index === 0 ? [{ kind: "same" as const, text: "…" }] : [],
  );
}

/** `table[i][j]`: length of the longest common subsequence of old from i and now from j. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row = table[i] ?? [];
    const below = table[i + 1] ?? [];
    for (let j = now.length - 1; j >= 0; j -= 1)
      row[j] = old[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  return table;
}

function linesOf(document: unknown): string[] {
  return document === null || document === undefined ? [] : JSON.stringify(inOrder(document), null, 2).split("\n");
}

/** The order in which policies are written, then by name: AWS and the database give members back in another order, which is no change. */
const memberOrder = [
  "Version",
  "Id",
  "Statement",
  "Sid",
  "Effect",
  "Principal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const rank = (key: string): number => (memberOrder.includes(key) ? memberOrder.indexOf(key) : memberOrder.length);
  const members = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, member]) => [key, inOrder(member)]));
}

/** A session's length in words: "1 hour", "1.5 hours", "1 hour 20 minutes". */
export function hoursWords(seconds: number): string {
  if (seconds % 360 === 0) return seconds === 3600 ? "1 hour" : `${seconds / 3600} hours`;
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), "hour"],
    [Math.floor((seconds % 3600) / 60), "minute"],
    [seconds % 60, "second"],
  ];
  return parts.flatMap(([value, unit]) => (value === 0 ? [] : [`${value} ${unit}${value === 1 ? "" : "s"}`])).join(" ");
}
