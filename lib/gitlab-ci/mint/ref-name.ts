import type { Pattern } from "@/lib/language/pattern";
import { either, many, one, sequence, text } from "@/lib/language/pattern";

const control = String.fromCharCode(...Array.from({ length: 0x20 }, (_, code) => code), 0x7f);

/** What no name of a branch or tag holds (git-check-ref-format; GitLab's lib/gitlab/git_ref_validator.rb). */
const forbidden = `${control} ~^:?*[\\`;

const character = { except: forbidden };
/** Within a subject a name ends at the next ":". */
const rest = many({ except: ":" });

/** Names by their characters alone; `wrongNames` are among them. */
export const namesByCharacters: Pattern = sequence(one(character), many(character));

/**
 * What git or GitLab refuse though its characters are allowed: GitLab's lib/gitlab/git_ref_validator.rb, and of tags
 * lib/gitlab/checks/tag_check.rb. Names like a commit's SHA are left in: GitLab refuses them on some ways only.
 */
export const wrongNames: Pattern = either(
  either(...["-", ".", "/", "refs/heads/", "refs/remotes/", "refs/tags/"].map((start) => sequence(text(start), rest))),
  sequence(rest, either(...["..", "//", "@{", "/.", ".lock/"].map((piece) => text(piece))), rest),
  sequence(rest, either(...["/", ".", ".lock"].map((end) => text(end)))),
  text(""),
  text("HEAD"),
);

/** Whether any name can match a protection rule: one that holds a forbidden character protects nothing. */
export function canMatch(rule: string): boolean {
  return rule !== "" && ![...rule].some((each) => each !== "*" && forbidden.includes(each));
}

/**
 * The names that a protection rule matches: `*` stands for any characters, "/" included, everything else for itself
 * (docs.gitlab.com/user/project/repository/branches/protected). `patternMatches` says the same of one name.
 */
export function namesLike(rule: string): Pattern {
  const [first = "", ...others] = rule.split("*");
  return sequence(text(first), ...others.flatMap((piece) => [many(character), text(piece)]));
}

/** The names given, as a tree of their shared beginnings: a walk holds few places at once, however many they are. */
export function anyOf(names: readonly string[]): Pattern {
  const byFirst = new Map<string, string[]>();
  for (const name of new Set(names)) {
    const first = Array.from(name)[0] ?? "";
    byFirst.set(first, [...(byFirst.get(first) ?? []), name]);
  }
  return either(...[...byFirst].map(([, group]) => branchOf(group)));
}

/** Of names with the same first character: what they share, and what follows. */
function branchOf(group: readonly string[]): Pattern {
  const [first = ""] = group;
  if (group.length === 1) return text(first);
  const characters = Array.from(first);
  const differs = characters.findIndex((each, at) => group.some((name) => Array.from(name)[at] !== each));
  const shared = characters.slice(0, differs === -1 ? characters.length : differs).join("");
  return sequence(text(shared), anyOf(group.map((name) => name.slice(shared.length))));
}
