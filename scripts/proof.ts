import { parseArgs } from "node:util";
import { drawsOf } from "../lib/testing/random-patterns";
import { counterexample } from "../lib/testing/trust-proof";

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, count: { type: "string", default: "1000000" } },
});
const [seed, count] = [Number(values.seed), Number(values.count)];
const told = 50_000;

/** Proves the set of a trust against all calls of a small world, policy by policy; stops at the first that is wrong. */
for (let number = 0; number < count; number += 1) {
  const wrong = counterexample(drawsOf(seed + number));
  if (wrong) {
    console.error(
      `Seed ${seed + number}: ${wrong.law}\n${wrong.policies.map((one) => JSON.stringify(one, null, 2)).join("\n")}`,
    );
    process.exit(1);
  }
  if ((number + 1) % told === 0)
    console.log(`${number + 1} policies, the last of seed ${seed + number}: all as it is.`);
}
console.log(`${count} policies from seed ${seed} on: the algebra, the evaluator and looking at every call agree.`);
