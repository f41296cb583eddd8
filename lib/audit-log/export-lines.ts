import { auditSentence } from "@/lib/audit/model";
import type { ExportedEntry } from "./read";

const columns = [
  "seq",
  "at",
  "actor_kind",
  "actor_name",
  "actor_username",
  "action",
  "sentence",
  "project_id",
  "project_path",
  "role_name",
  "account_id",
  "request_id",
  "detail",
  "hash",
  "prev_hash",
] as const;

/** The names of the columns, as a line of CSV. */
export const csvHeader = csvRow(columns);

/** An entry as a line of CSV (RFC 4180, UTF-8): what people read; documents are in JSON Lines. */
export function csvLine(entry: ExportedEntry): string {
  const {
    seq,
    at,
    actorKind,
    actorName,
    actorUsername,
    action,
    projectId,
    projectPath,
    roleName,
    accountId,
    requestId,
    detail,
    hash,
    prevHash,
  } = entry;
  return csvRow([
    seq,
    at,
    actorKind,
    actorName,
    actorUsername,
    action,
    sentenceOf(entry),
    projectId,
    projectPath,
    roleName,
    accountId,
    requestId,
    detail,
    hash,
    prevHash,
  ]);
}

/** An entry as a line of JSON, with everything that its hash is made of. */
export function jsonLine(entry: ExportedEntry): string {
  return `${JSON.stringify({ ...entry, sentence: sentenceOf(entry) })}\n`;
}

/** The last line of JSON: an export without it was cut off. */
export function jsonEnd(rows: number): string {
  return `${JSON.stringify({ end: true, rows })}\n`;
}

function sentenceOf({ actorName, action, projectPath, roleName, accountId, detail }: ExportedEntry): string {
  return auditSentence({ actor: { name: actorName }, action, projectPath, roleName, accountId, detail });
}

function csvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Spreadsheets run a cell that begins with one of these as a formula (OWASP, "CSV injection"): an apostrophe makes it text. */
function csvCell(value: string | number | null): string {
  const text = String(value ?? "");
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
