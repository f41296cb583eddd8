import { parseArgs } from "node:util";
import { compare as compareTrusts } from "@/lib/judgement/compare";
import { policyFile, saidOf } from "./documents";
import type { Io, Outcome } from "./io";
import { Unusable, worstOf } from "./io";
import { optionsOf, perFile } from "./run";

export const compareUsage = `trustdesk compare --before FILE --after FILE

Says whether two trust policies let in the same, by what they mean and not by how they are written.

  --before FILE    a trust policy; - is stdin
  --after FILE     the one that replaces it

Both may be given several times, the same number of times: the first with the first, and so on; one line of JSON each.

  { "before", "after", "same": true | false | null, "admits": [...], "shutsOut": [...], "notes": [...] }

admits: who gets in by the second alone; shutsOut: by the first alone. same is null where it cannot be told.
Exit code: 0 same, 1 different, 4 untold, 2 unusable input; of several the worst: 2, 1, 4, 0.`;

const options = {
  before: { type: "string", multiple: true },
  after: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const;

/** `trustdesk compare`. */
export async function compare(args: readonly string[], io: Io): Promise<Outcome> {
  const values = optionsOf(() => {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 0) throw new Unusable("compare takes no arguments beside its options.");
    return values;
  }, "compare");
  if (values.help) return { out: `${compareUsage}\n`, complaints: [], code: 0 };
  const { before: befores = [], after: afters = [] } = values;
  if (befores.length === 0) throw new Unusable("compare needs --before FILE.");
  if (afters.length === 0) throw new Unusable("compare needs --after FILE.");
  if (befores.length !== afters.length) throw new Unusable("compare needs as many --before as --after.");
  const pairs = befores.map((before, index) => ({ before, after: afters[index] ?? "" }));
  const complaints: string[] = [];
  const codes: number[] = [];
  let out = "";
  for (const pair of pairs) {
    const { read, complaints: both } = await perFile([pair.before, pair.after], (name) => policyFile(io, name));
    const [before, after] = read;
    complaints.push(...both);
    if (!before || !after || both.length > 0) {
      codes.push(2);
      continue;
    }
    const result = compareTrusts(before.policy, after.policy, { at: io.now() });
    const notes = [...[before, after].flatMap(saidOf), ...result.notes];
    out += `${JSON.stringify({ before: before.file, after: after.file, ...result, notes })}\n`;
    codes.push(result.same === null ? 4 : result.same ? 0 : 1);
  }
  return { out, complaints, code: worstOf(codes, [2, 1, 4]) };
}
