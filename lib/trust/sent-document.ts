import { TrustdeskError } from "@/lib/errors";
import { trustLength } from "@/lib/iam/budget";
import type { NotRead } from "@/lib/iam/json";
import type { PolicySource } from "@/lib/iam/policy-source";
import { readPolicySource } from "@/lib/iam/policy-source";
import type { LintProject } from "@/lib/judgement/lint-project";
import { readLintProject } from "@/lib/judgement/lint-project";
import { readTokenText } from "@/lib/judgement/token-text";
import type { SentDocument } from "./schema";

/** The longest document that IAM's API takes (CreateRole, AssumeRolePolicyDocument). */
const mostBytes = 131_072;

/** The most to which an account's quota for trust policies can be raised (IAM quotas, L-C07B4B0D), in characters beside white space. */
const longestTrust = 8192;

/** Reads a trust that is computed with, which takes longer the longer it is. Throws as `readPolicySent`, and for one that no role can have. */
export function readTrustSent(field: string, sent: SentDocument): PolicySource {
  const source = readPolicySent(field, sent);
  const length = trustLength(source.policy);
  if (length <= longestTrust) return source;
  throw new TrustdeskError(
    "bad-input",
    `${field} has ${words(length)} characters beside white space; no role can have a trust policy of more than ${words(longestTrust)}.`,
    { field },
  );
}

/** Reads a policy that was sent as `field`. Throws `bad-input` with its place where it is none. */
export function readPolicySent(field: string, sent: SentDocument): PolicySource {
  const read = readPolicySource(textOf(field, sent));
  if (read.ok) return read.source;
  throw notRead(field, typeof sent === "string" ? read : { reason: read.reason, pointer: read.pointer });
}

/** Reads a token's claims that were sent as `field`. No refusal repeats any of them. */
export function readTokenSent(field: string, sent: SentDocument): { claims: Record<string, unknown>; notes: string[] } {
  const read = readTokenText(textOf(field, sent));
  if (read.ok) return read;
  throw notRead(field, read);
}

/** Reads a project that was sent as `field`. */
export function readProjectSent(field: string, sent: SentDocument): { project: LintProject; notes: string[] } {
  textOf(field, sent);
  const read = readLintProject(sent);
  if (read.ok) return read;
  throw notRead(field, read);
}

function textOf(field: string, sent: SentDocument): string {
  const text = typeof sent === "string" ? sent : JSON.stringify(sent);
  if (new TextEncoder().encode(text).length <= mostBytes) return text;
  throw new TrustdeskError(
    "bad-input",
    `${field} has more than ${words(mostBytes)} bytes: AWS takes no document of that size.`,
    { field },
  );
}

function notRead(
  field: string,
  { reason, line, column, pointer }: Pick<NotRead, "reason" | "line" | "column" | "pointer">,
): TrustdeskError {
  const place = line === undefined ? pointer : `line ${line}${column === undefined ? "" : `, column ${column}`}`;
  return new TrustdeskError("bad-input", `${field}${place ? ` (${place})` : ""}: ${reason}`, {
    field,
    data: { kind: "not-read", line: line ?? null, column: column ?? null, pointer: pointer ?? null },
  });
}

function words(count: number): string {
  return count.toLocaleString("en");
}
