/**
 * Why no branch or tag can have this name, or null (git-check-ref-format; GitLab's lib/gitlab/git_ref_validator.rb, which
 * refuses the long form too).
 */
export function refNameProblem(name: string): string | null {
  if (name === "") return "A name is empty.";
  if (name === "HEAD") return "HEAD is no branch: choose the branch that it stands for.";
  if (/^refs\/(heads|tags|remotes)\//.test(name)) return longForm(name);
  if (/[*?]/.test(name)) return `"${name}" is a pattern, not the name of one branch or tag.`;
  return departure(name);
}

/**
 * Why a pattern can match no branch or tag, or is written as something else than IAM's wildcards, or null. `*` and `?` are
 * the only signs with a meaning of their own; all else has to be able to stand in a name.
 */
export function refPatternProblem(pattern: string): string | null {
  if (pattern.trim() === "") return "A pattern is empty.";
  if (pattern.startsWith("refs/")) return longForm(pattern);
  const clone = cloned(pattern);
  if (clone) return clone;
  if (/^\/.*\/[a-z]*$|[\^|[\\]|\(\?|\.\+|\$$/.test(pattern))
    return `"${pattern}" looks like a regular expression. AWS knows * for any characters and ? for one, and takes all else as it is: write it like release/*.`;
  return departure(pattern);
}

/** "refs/heads/main": what git keeps, where a token says "main". */
function longForm(text: string): string {
  const short = /^refs\/(?:heads|tags)\/(.+)$/s.exec(text)?.[1];
  const instead = short === undefined ? "" : `: write ${short} instead of ${text}`;
  return `"${text}" matches no branch or tag of GitLab, whose tokens name them without refs/heads/ or refs/tags/${instead}.`;
}

/** "origin/main": how a clone names what GitLab calls "main". */
function cloned(text: string): string | null {
  const rest =
    /^(?:remotes\/)?(?:origin|upstream)\/(.+)$/s.exec(text)?.[1] ?? /^remotes\/[^/]+\/(.+)$/s.exec(text)?.[1];
  return rest === undefined
    ? null
    : `"${text}" is how a clone of the project names its branches; GitLab's tokens say ${rest}. Write that.`;
}

const forbidden: readonly [RegExp, string][] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git refuses them
  [/[\u0000-\u001f\u007f]/, "a control character"],
  [/ /, "a space"],
  [/[~^:[\\]/, "one of ~ ^ : [ \\"],
  [/\.\./, "two dots in a row"],
  [/\/\/|^\/|\/$/, "a slash at its begin, at its end or beside another"],
  [/@\{/, "@{"],
  [/(^|\/)\./, "a part that begins with a dot"],
  [/\.$/, "a dot at its end"],
  [/\.lock(\/|$)/, "a part that ends with .lock"],
];

/** What git lets no name hold; it may stand between the wildcards of a pattern just as little. */
function departure(text: string): string | null {
  const found = forbidden.find(([sign]) => sign.test(text));
  return found ? `"${text}" matches no branch or tag: git lets no name have ${found[1]}.` : null;
}
