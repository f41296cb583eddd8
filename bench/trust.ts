import { admittedRefs } from "@/lib/admission/admitted";
import { compareTrusts } from "@/lib/admission/compare";
import { naturalCalls } from "@/lib/admission/natural";
import { survey } from "@/lib/admission/survey";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { compileTrust } from "@/lib/iam/compiled";
import { evaluateTrust } from "@/lib/iam/evaluate";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import type { Percentiles } from "./measure";
import { measure } from "./measure";

const issuer = "https://gitlab.com";
const audience = issuer;
const arn = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const provider = { arn, issuer, audiences: null, at: null };
const lead = "project_path:acme/shop:ref_type:branch:ref:";
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

/** 10 exact, 30 that end in a star, 10 with a star in the middle and one at the end. */
const globs: readonly string[] = [
  ...numbers(10).map((number) => `${lead}exact-${number}`),
  ...numbers(30).map((number) => `${lead}release-${number}/*`),
  ...numbers(10).map((number) => `project_path:acme/*:ref:hotfix-${number}*`),
];

function trust(subjects: readonly string[]): TrustPolicy {
  const Condition = {
    StringEquals: { "gitlab.com:aud": audience },
    StringLike: { "gitlab.com:sub": [...subjects] },
  };
  const Action = "sts:AssumeRoleWithWebIdentity";
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Federated: arn }, Action, Condition }] };
}

function refs(count: number, round = 0): GitRef[] {
  return numbers(count).map((number) => ({
    name: number % 100 === 0 ? `release-${number % 30}/${round}-${number}` : `feature/${round}-${number}`,
    type: "branch",
    protected: false,
    default: false,
    pushedAt: null,
    whoMayPush: "developers",
  }));
}

const project = {
  issuer,
  path: "acme/shop",
  id: "42",
  namespaceId: "7",
  components: ["project_path", "ref_type", "ref"] as const,
  protectedBranches: null,
  protectedTags: null,
  gitlabVersion: null,
  visibility: null,
  forksRunInParent: null,
};

/** Claims of distinct tokens that nearly all patterns miss; flat strings, as ones that were read. */
function tokens(count: number, round = 0): Record<string, unknown>[] {
  return refs(count, round).map(({ name }) => {
    const sub = Buffer.from(`${lead}${name}`).toString();
    return { aud: audience, sub, project_id: project.id, ref_protected: "false" };
  });
}

/** What one would write first: each pattern a regular expression, asked one after the other. */
function naive(): (claims: Record<string, unknown>) => boolean {
  const escaped = (part: string) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const expressions = globs.map((glob) => new RegExp(`^${glob.split("*").map(escaped).join(".*")}$`, "su"));
  return ({ aud, sub }) => aud === audience && expressions.some((expression) => expression.test(String(sub)));
}

async function table(): Promise<void> {
  const policy = trust(globs);
  const call = { providerArn: arn, issuer };
  const compiled = compileTrust(policy, call);
  const slow = naive();
  const few = tokens(5_000);
  const isAllowed = (claims: Record<string, unknown>) => compiled.verdict(claims) === "allowed";
  const isAllowedSlowly = (claims: Record<string, unknown>) =>
    evaluateTrust(policy, { ...call, claims }).verdict === "allowed";
  const counts = [isAllowed, slow, isAllowedSlowly].map((answer) => few.filter(answer).length);
  if (new Set(counts).size > 1) throw new Error("The matchers disagree.");
  const rounds = numbers(25).map((round) => tokens(50_000, round));
  let round = 0;
  const fresh = await measure(async () => (rounds[round++ % rounds.length] ?? []).filter(isAllowed), 20);
  const byExpressions = await measure(async () => few.filter(slow), 20);
  const explained = await measure(async () => few.slice(0, 500).filter(isAllowedSlowly), 20);
  const many = refs(5_000);
  const asked = (all: readonly GitRef[], subjects: readonly string[]) => {
    const made = trust(subjects);
    return admittedRefs(made, survey(made, { ...project, refs: all }, provider));
  };
  const row = (name: string, { p50, p95 }: Percentiles) =>
    console.log(`  ${name.padEnd(58)} ${p50.toFixed(2).padStart(9)} ${p95.toFixed(2).padStart(9)}`);
  console.log(`  ${"milliseconds".padEnd(58)} ${"p50".padStart(9)} ${"p95".padStart(9)}`);
  row("50,000 tokens never seen before, compiled trust", fresh);
  row("5,000 tokens, a regular expression for each pattern", byExpressions);
  row("500 tokens, with explanation", explained);
  row("5,000 refs, 50 patterns: survey and reasons", await measure(async () => asked(many, globs), 20));
  row(
    "20 refs, 3 patterns: survey and reasons",
    await measure(async () => asked(many.slice(0, 20), globs.slice(9, 12)), 30),
  );
  row("a widening: 50 patterns for all of a group but 50", await measure(async () => widening(policy), 30));
  const perSecond = (count: number, { p50 }: Percentiles) => count / p50 / 1000;
  const speed = perSecond(50_000, fresh);
  console.log(
    `  ${speed.toFixed(2)} million verdicts a second, ${(speed / perSecond(5_000, byExpressions)).toFixed(1)} times`,
  );
  console.log(
    `  the regular expressions, ${(speed / perSecond(500, explained)).toFixed(0)} times those with explanation.`,
  );
}

/** Does a trust on a whole group but what 50 patterns name let in anybody whom the 50 do not? */
function widening(before: TrustPolicy): void {
  const [allow] = trust(["project_path:acme/*"]).Statement;
  if (!allow) return;
  const deny = {
    ...allow,
    Effect: "Deny" as const,
    Condition: { StringLike: { "gitlab.com:sub": globs.slice(10, 40) } },
  };
  const after = { ...before, Statement: [allow, deny] };
  const { same } = compareTrusts(before, after, { at: null, natural: naturalCalls([before, after], provider) });
  if (same !== false) throw new Error("The wider trust is told to be the same.");
}

await table();
