/** The characters whose lower case has another upper case, so that it does not lead back to them: of Unicode, all. */
const oneWay =
  "ǅǈǋǲ\u03f4ẞᾈᾉᾊᾋᾌᾍᾎᾏᾘᾙᾚᾛᾜᾝᾞᾟᾨᾩᾪᾫᾬᾭᾮᾯᾼῌῼ" +
  // The signs of ohm, kelvin and ångström, which any editor may turn into the letters.
  "\u2126\u212a\u212b";

/**
 * What a character (code point) becomes where letter case does not count: its lower case by Unicode, where that is one
 * character; else itself. Neighbours do not matter (Σ is σ at a word's end too), and `ß` is not `ss`, nor `İ` an `i`.
 */
export function folded(character: string): string {
  const lower = character.toLowerCase();
  return isOne(lower) ? lower : character;
}

/** All characters that become the same as this one where letter case does not count, itself included. */
export function spellings(character: string): string[] {
  const lower = folded(character);
  const upper = lower.toUpperCase();
  return [...new Set([lower, upper, ...oneWay])].filter((other) => isOne(other) && folded(other) === lower);
}

/** Whether a text is one code point. */
function isOne(text: string): boolean {
  return text.length === (isAstral(text) ? 2 : 1);
}

function isAstral(text: string): boolean {
  return (text.codePointAt(0) ?? 0) > 0xffff;
}
