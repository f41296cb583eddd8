import type { Pattern } from "@/lib/language/pattern";
import { either, many, one, sequence, text } from "@/lib/language/pattern";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const digits = "0123456789";
const first = `${letters}${digits}_.`;
const further = `${first}-/`;
/** Within a subject a path ends at the next ":". */
const rest = many({ except: ":" });

/** Full paths of projects by their characters alone; `wrongPaths` are among them. */
export const pathsByCharacters: Pattern = sequence(one({ only: first }), many({ only: further }));

/** No project's full path: without a group, or against GitLab's lib/gitlab/path_regex.rb. */
export const wrongPaths: Pattern = either(
  many({ except: ":/" }),
  sequence(rest, either(...["//", "/-", "./", ".git/", ".atom/"].map((piece) => text(piece))), rest),
  sequence(rest, either(...["/", ".git", ".atom"].map((end) => text(end)))),
);

/** Ids of projects, groups and people: decimal, above 0. */
export const ids: Pattern = sequence(one({ only: "123456789" }), many({ only: digits }));

/** All paths but this one, in any letter case: GitLab's routes are unique without regard to it (app/models/route.rb). */
export function pathsBut(path: string): Pattern {
  return allBut(path, { first, further });
}

/** All ids but this one. */
export function idsBut(id: string): Pattern {
  return allBut(id, { first: "123456789", further: digits });
}

/** Texts of these characters that differ from the one given, in more than letter case. */
function allBut(value: string, { first, further }: { first: string; further: string }): Pattern {
  const [head = "", ...others] = value;
  const differently = (character: string, of: string) => {
    const same = [character.toLowerCase(), character.toUpperCase()];
    return sequence(one({ only: [...of].filter((each) => !same.includes(each)).join("") }), many({ only: further }));
  };
  const ending = others.reduceRight<Pattern>(
    (after, character) =>
      either(text(""), differently(character, further), sequence(text(character, { fold: true }), after)),
    sequence(one({ only: further }), many({ only: further })),
  );
  return either(differently(head, first), sequence(text(head, { fold: true }), ending));
}
