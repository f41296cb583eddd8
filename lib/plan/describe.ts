import type { Change } from "./change";

/** "+" made, "~" changed, "-" removed, "=" there already and kept. */
export function symbol(change: Change): "+" | "~" | "-" | "=" {
  switch (change.kind) {
    case "create-provider":
    case "create-role":
      return "+";
    case "add-audience":
      return "~";
    case "put-inline-policy":
      return change.before === null ? "+" : "~";
    case "keep-provider":
      return "=";
  }
}

/** The change as a sentence for people. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case "create-provider":
      return `Create the OIDC provider ${change.url} with audience ${change.audiences.join(", ")}.`;
    case "add-audience":
      return `Add audience ${change.audience} to the shared provider ${change.arn}.`;
    case "keep-provider":
      return `Use the shared provider ${change.arn} as it is.`;
    case "create-role":
      return `Create the role ${change.after.name} at ${change.after.path} with sessions of up to ${hours(change.after.maxSessionSeconds)}${change.after.boundaryArn ? `, bounded by ${change.after.boundaryArn}` : ""}.`;
    case "put-inline-policy":
      return `${change.before === null ? "Put" : "Replace"} the inline policy ${change.policyName} ${change.before === null ? "on" : "of"} the role ${change.roleName}.`;
  }
}

/** The IAM operation that carries the change out, or null when none is needed. */
export function callName(change: Change): string | null {
  switch (change.kind) {
    case "create-provider":
      return "CreateOpenIDConnectProvider";
    case "add-audience":
      return "AddClientIDToOpenIDConnectProvider";
    case "create-role":
      return "CreateRole";
    case "put-inline-policy":
      return "PutRolePolicy";
    case "keep-provider":
      return null;
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

/** `table[i][j]`: length of the longest common subsequence of old from i and now from j. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row = table[i] ?? [];
    const below = table[i + 1] ?? [];
    for (let j = now.length - 1; j >= 0; j -= 1) row[j] = old[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  return table;
}

function linesOf(document: unknown): string[] {
  return document === null || document === undefined ? [] : JSON.stringify(document, null, 2).split("\n");
}

function hours(seconds: number): string {
  const value = seconds / 3600;
  return value === 1 ? "1 hour" : `${value} hours`;
}
