/** What is wrong with a role's name, or null (IAM CreateRole: 1-64 of `[\w+=,.@-]`). */
export function roleNameProblem(name: string): string | null {
  return nameProblem("A role's name", name, 64);
}

/** What is wrong with an inline policy's name, or null (IAM PutRolePolicy: 1-128 of `[\w+=,.@-]`). */
export function policyNameProblem(name: string): string | null {
  return nameProblem("A policy's name", name, 128);
}

/** What is wrong with a role's path, or null (IAM CreateRole: `(/)|(/[!-~]+/)`, at most 512). */
export function rolePathProblem(path: string): string | null {
  if (path.length > 512) return `A path has at most 512 characters; this one has ${path.length}.`;
  if (!path.startsWith("/") || !path.endsWith("/")) return "A path begins and ends with a slash, e.g. / or /gitlab/.";
  if (!/^(\/|\/[!-~]+\/)$/.test(path)) return "A path holds visible ASCII characters only, and no spaces.";
  return null;
}

/** What is wrong with a role's description, or null (IAM CreateRole: Latin-1, at most 1,000). */
export function descriptionProblem(text: string): string | null {
  if (text.length > 1000) return `A description has at most 1,000 characters; this one has ${text.length}.`;
  const stranger = /[^\t\n\r\x20-\x7E\xA1-\xFF]/u.exec(text)?.[0];
  return stranger === undefined
    ? null
    : `IAM takes Latin letters and signs in a description, not ${stranger.trim() === "" ? "this kind of space" : `"${stranger}"`}.`;
}

/** The text as a tag's value, or null when IAM would refuse it (at most 256 letters, digits, spaces and `_.:/=+-@`). */
export function tagValue(text: string): string | null {
  return /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(text) ? text : null;
}

function nameProblem(what: string, name: string, most: number): string | null {
  if (name === "") return `${what} is missing.`;
  if (name.length > most) return `${what} has at most ${most} characters; this one has ${name.length}.`;
  const stranger = /[^A-Za-z0-9_+=,.@-]/u.exec(name)?.[0];
  if (stranger === undefined) return null;
  return `${what} holds letters, digits and _+=,.@- only, not ${/\s/.test(stranger) ? "spaces" : `"${stranger}"`}.`;
}
