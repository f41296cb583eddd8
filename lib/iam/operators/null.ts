/**
 * `Null` asks whether the key is absent: "true" matches when it is, "false" when it is there. Null for a value that is
 * neither.
 */
export function nullMatches(expected: readonly string[], present: boolean): boolean | null {
  const wanted = expected.map((value) => value.toLowerCase());
  if (!wanted.every((value) => value === "true" || value === "false")) return null;
  return wanted.includes(present ? "false" : "true");
}
