import { compileTexts } from "@/lib/language/compiled";
import type { Pattern } from "@/lib/language/pattern";
import { many, sequence, text } from "@/lib/language/pattern";
import { example } from "@/lib/language/search";
import { measure } from "./measure";

const lead = "project_path:acme";
const ref = ":ref_type:branch:ref:";
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

/** As `StringLike` writes them: 10 exact, 30 that end in a star, 10 with a star in the middle and one at the end. */
const globs: readonly string[] = [
  ...numbers(10).map((number) => `${lead}/exact-${number}${ref}main`),
  ...numbers(20).map((number) => `${lead}/service-${number}${ref}release/*`),
  ...numbers(10).map((number) => `project_path:team-${number}/*`),
  ...numbers(5).map((number) => `${lead}/*${ref}hotfix-${number}*`),
  ...numbers(5).map((number) => `project_path:*/deploy-${number}${ref}*`),
];

function patternOf(glob: string): Pattern {
  return sequence(...glob.split("*").flatMap((part, index) => (index === 0 ? [text(part)] : [many(), text(part)])));
}

/** What one would write first: each pattern a regular expression, made once, asked one after the other. */
function naive(): (given: string) => boolean {
  const escaped = (part: string) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const expressions = globs.map((glob) => new RegExp(`^${glob.split("*").map(escaped).join(".*")}$`, "su"));
  return (given) => expressions.some((expression) => expression.test(given));
}

/** Distinct subjects that nearly all patterns miss; one of 100 gets in. Each is a flat string, as one that was read. */
function subjects(count: number, round = 0): string[] {
  return numbers(count).map((number) => {
    const name = number % 100 === 0 ? `hotfix-3-${number}` : `feature/${round}-${number}`;
    return Buffer.from(`${lead}/service-${number % 40}${ref}${name}`).toString();
  });
}

async function table(): Promise<void> {
  const few = subjects(5_000);
  const compiled = compileTexts(globs.map(patternOf));
  const slow = naive();
  const all = (matches: (given: string) => boolean, texts: readonly string[]) => texts.filter(matches).length;
  if (all(compiled.matches, few) !== all(slow, few)) throw new Error("The two matchers disagree.");
  const compiledFew = await measure(async () => all(compiled.matches, few), 200);
  const naiveFew = await measure(async () => all(slow, few), 20);
  const many = numbers(20).map((round) => subjects(50_000, round));
  let round = 0;
  const fresh = await measure(async () => all(compiled.matches, many[round++ % many.length] ?? []), many.length - 5);
  const widening = widenings();
  const warm = await measure(async () => example(widening), 200);
  const cold = await measure(async () => example(widenings()), 50);
  const row = (name: string, { p50, p95 }: { p50: number; p95: number }) =>
    console.log(`  ${name.padEnd(58)} ${p50.toFixed(2).padStart(9)} ${p95.toFixed(2).padStart(9)}`);
  console.log(`  ${"milliseconds".padEnd(58)} ${"p50".padStart(9)} ${"p95".padStart(9)}`);
  row("5,000 subjects against 50 patterns, compiled", compiledFew);
  row("5,000 subjects against 50 patterns, naive", naiveFew);
  row("50,000 subjects never seen before, compiled", fresh);
  row("a widening: one pattern less 20 patterns less 5 names, warm", warm);
  row("the same, patterns never seen before", cold);
  console.log(`  ${(50_000 / fresh.p50 / 1000).toFixed(1)} million subjects a second, never seen before;`);
  console.log(`  ${(5_000 / compiledFew.p50 / 1000).toFixed(1)} million a second of the same 5,000, `);
  console.log(`  ${(naiveFew.p50 / compiledFew.p50).toFixed(0)} times as fast as the naive matcher.`);
}

/** Is there a branch of any project below a/ that none of 20 patterns and 5 names takes? */
function widenings(): { pattern: Pattern; inside: boolean }[] {
  const outside = [
    ...numbers(10).map((number) => `project_path:a/${"bcdefghijk"[number]}*${ref}*`),
    ...numbers(5).map((number) => `project_path:a/*${ref}release-${number}*`),
    ...numbers(5).map((number) => `project_path:*-${number}${ref}main*`),
    ...numbers(5).map((number) => `project_path:a/x${number}${ref}main`),
  ];
  return [
    { pattern: patternOf(`project_path:a/*${ref}*`), inside: true },
    ...outside.map((glob) => ({ pattern: patternOf(glob), inside: false })),
  ];
}

await table();
