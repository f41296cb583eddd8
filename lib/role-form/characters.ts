/**
 * The first character of a text that IAM takes in no policy document, or null: it holds tab, line feed, carriage return and
 * U+0020 to U+00FF only (IAM user guide, "IAM and AWS STS quotas", names). That an escape of JSON brings others in is
 * documented nowhere, so they are not sent.
 */
export function strangerIn(text: string): string | null {
  return /[^\t\n\r\x20-\xFF]/u.exec(text)?.[0] ?? null;
}

/** Why IAM's documents cannot name a branch, a tag or a pattern, with a pattern that they can hold; null when they can. */
export function strangeRefProblem(ref: string): string | null {
  const stranger = strangerIn(ref);
  if (stranger === null) return null;
  const pattern = ref.replace(/[^\t\n\r\x20-\xFF]+/gu, "*").replace(/\*+/g, "*");
  const instead = /[^*]/.test(pattern) ? `, or trust the pattern ${pattern}, which lets in others too` : "";
  return `IAM takes Latin letters and signs only in a policy, not "${stranger}": "${ref}" cannot be named there. Choose another name${instead}.`;
}

/** The same for a document as it would be sent; its line where the text has the character as it is. */
export function strangeDocumentProblem(document: unknown, text: string): string | null {
  const stranger = strangerIn(JSON.stringify(document));
  if (stranger === null) return null;
  const line = text.split("\n").findIndex((one) => one.includes(stranger)) + 1;
  const where = line > 0 ? `Line ${line}: ` : "";
  return `${where}IAM takes Latin letters and signs only in a policy, not "${stranger}", nor as an escape like \\u${hex(stranger)}.`;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}
