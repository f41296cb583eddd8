import type { FileReport } from "./finding-place";

/** The reports for people, a block a trust: grade, findings with their places, refs by answer, who else, notes. */
export function reportText(reports: readonly FileReport[]): string {
  return reports.map((report) => `${linesOf(report).join("\n")}\n`).join("\n");
}

function linesOf({ file, grade, nobody, untold, findings, refs, beyond, notes }: FileReport): string[] {
  const also = [...(nobody ? ["nobody gets in"] : []), ...(untold ? ["something is untold"] : [])];
  return [
    `${file}: ${[grade, ...also].join(", ")}`,
    ...findings.flatMap((one) => [
      `  ${one.severity.padEnd(9)}  ${one.id}  ${one.file}:${one.line}:${one.column}`,
      `             ${one.message}`,
    ]),
    ...beyond.map(({ class: name, witness }) => `  also in    ${name}: ${witness.words}`),
    ...(["in", "untold", "out"] as const).flatMap((answer) => refLines(answer, refs)),
    ...notes.map((note) => `  note       ${note}`),
  ];
}

/** Those that stay out are many and of one kind: one line. */
function refLines(answer: "in" | "untold" | "out", refs: FileReport["refs"]): string[] {
  const those = refs.filter((ref) => ref.answer === answer);
  if (those.length === 0) return [];
  const name = ({ ref, type }: FileReport["refs"][number]) => `${type} ${ref}`;
  if (answer !== "untold") return [`  ${answer.padEnd(9)}  ${shortList(those.map(name))}`];
  return those.map((ref) => `  untold     ${name(ref)}${ref.when === null ? "" : `: ${ref.when}`}`);
}

function shortList(names: readonly string[]): string {
  const most = 12;
  return names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
