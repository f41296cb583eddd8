/** Whether a ref as written in the form is a pattern: git refuses `*` and `?` in names of refs. */
export function isPattern(ref: string): boolean {
  return /[*?]/.test(ref);
}

/**
 * GitLab's wildcard of protected branches and tags: `*` stands for any characters, `/` included; everything else is
 * itself, case counts (docs.gitlab.com/user/project/repository/branches/protected).
 */
export function patternMatches(pattern: string, ref: string): boolean {
  const expression = pattern.split("*").map(literal).join(".*");
  return new RegExp(`^${expression}$`, "s").test(ref);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
