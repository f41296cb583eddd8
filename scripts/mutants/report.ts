/** How the mutants of one folder of the pure rooms ended; `untested` are those that no test reaches. */
export interface RoomCount {
  room: string;
  killed: number;
  survived: number;
  untested: number;
}

/** Mutants of one file that lived, alike in what was changed. */
export interface Survivor {
  file: string;
  /** The code, and what stood in its place: "`a` → `b`". */
  change: string;
  times: number;
  /** Why nothing notices it; empty while nobody has said. */
  why: string;
}

/** What docs/mutants.md says. */
export interface MutantReport {
  /** ISO date of the last run. */
  date: string;
  rooms: RoomCount[];
  survivors: Survivor[];
}

/** A room's share of killed mutants, 0 to 100. */
export function scoreOf({ killed, survived, untested }: RoomCount): number {
  const all = killed + survived + untested;
  return all === 0 ? 100 : (100 * killed) / all;
}

/** Rooms that were run anew replace what was known of them; survivors keep the reason that was written down. */
export function merged(known: MutantReport, anew: MutantReport): MutantReport {
  const rerun = new Set(anew.rooms.map(({ room }) => room));
  const whyOf = new Map(known.survivors.map((one) => [keyOf(one), one.why]));
  return {
    date: anew.date,
    rooms: [...known.rooms.filter(({ room }) => !rerun.has(room)), ...anew.rooms],
    survivors: [
      ...known.survivors.filter(({ file }) => !rerun.has(roomOf(file))),
      ...anew.survivors.map((one) => ({ ...one, why: whyOf.get(keyOf(one)) ?? one.why })),
    ],
  };
}

/** The folder below lib/ that a file stands in. */
function roomOf(file: string): string {
  return file.split("/").slice(1, -1).join("/");
}

function keyOf({ file, change }: Survivor): string {
  return `${file} ${change}`;
}

/** A mutant's code and what stood in its place, in one line. */
export function changeOf(original: string, replacement: string): string {
  return `${inCode(original)} → ${inCode(replacement)}`;
}

function inCode(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const short = line.length > 100 ? `${line.slice(0, 60)} … ${line.slice(-30)}` : line;
  return short === "" ? "nothing" : `\`\` ${short.replaceAll("|", "¦")} \`\``;
}

const title = "# Mutants";
const tableOfRooms = "| room | mutants | killed | survived | untested | score |";
const tableOfSurvivors = "| changed | times | why it lives |";

/** The document's text, before the formatter pads its tables. */
export function written({ date, rooms, survivors }: MutantReport): string {
  const byName = [...rooms].sort((a, b) => (a.room < b.room ? -1 : 1));
  const files = [...new Set(survivors.map(({ file }) => file))].sort();
  return [
    title,
    "",
    `Written by \`npm run mutants\` on ${date}; the last column of the second kind of table is written by hand and kept.`,
    "",
    ...introduction,
    "",
    tableOfRooms,
    "| --- | --- | --- | --- | --- | --- |",
    ...byName.map(roomLine),
    "",
    "## Survivors",
    ...files.flatMap((file) => [
      "",
      `### ${file}`,
      "",
      tableOfSurvivors,
      "| --- | --- | --- |",
      ...survivors
        .filter((one) => one.file === file)
        .map(({ change, times, why }) => `| ${change} | ${times} | ${why} |`),
    ]),
    "",
  ].join("\n");
}

const introduction = [
  "A mutant is the code with one thing in it changed. A test must notice: a mutant that lives shows a promise that no test holds, or code that promises nothing. Each folder must kill at least 85 of 100.",
  "",
  "Not counted: mutants of what is computed once when a module is loaded. Those are the tables of words (claims, IAM operations, titles), and a test of them could only repeat them. Nor are the wire's schemas and examples, which are tables too.",
];

function roomLine(count: RoomCount): string {
  const { room, killed, survived, untested } = count;
  return `| ${room} | ${killed + survived + untested} | ${killed} | ${survived} | ${untested} | ${scoreOf(count).toFixed(1)} % |`;
}

/** What the document said before, read from its tables. An empty text is a report of nothing. */
export function read(text: string): MutantReport {
  const report: MutantReport = { date: "", rooms: [], survivors: [] };
  let file = "";
  for (const line of text.split("\n")) {
    const heading = /^### (\S+)$/.exec(line)?.[1];
    if (heading !== undefined) file = heading;
    const cells = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    const numbers = cells.slice(1, 5).map(Number);
    const [room = "", change = ""] = [cells[0], cells[0]];
    if (cells.length === 6 && numbers.every(Number.isInteger))
      report.rooms.push({ room, killed: numbers[1] ?? 0, survived: numbers[2] ?? 0, untested: numbers[3] ?? 0 });
    if (cells.length === 3 && Number.isInteger(Number(cells[1])))
      report.survivors.push({ file, change, times: Number(cells[1]), why: cells[2] ?? "" });
  }
  return report;
}
