import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./product";
import { brokenReferences, namesIn, projectFiles } from "./references";

const map = "lib/README.md";

describe("a name in a text", () => {
  it.each([
    ["as `lib/plan/goal.ts` says (lib/ids.ts)", map, ["lib/plan/goal.ts", "lib/ids.ts"]],
    ["`audit/record-change` and [that](../docs/deploy.md)", map, ["audit/record-change", "../docs/deploy.md"]],
    ["`app/(portal)/requests/[id]/page.tsx`", map, ["app/(portal)/requests/[id]/page.tsx"]],
    ["https://example.com/a/b.ts lib/findings/*.ts arn:aws:iam::1:role/deploy /api/v1/openapi.json", map, []],
    ["/** Json of Goal (lib/plan/goal.ts). */", "lib/ids.ts", ["lib/plan/goal.ts"]],
    ['import { goal } from "lib/plan/goal.ts"; // see lib/ids.ts', "lib/ids.ts", ["lib/ids.ts"]],
    ["-- as lib/db/roles.ts makes them", "x.sql", ["lib/db/roles.ts"]],
  ])("is found: %s", (line, file, names) => {
    expect(namesIn(line, file)).toEqual(names);
  });
});

describe("what documents, comments, schema and configurations name", () => {
  it("is missed where it is not there, and not looked for where a command makes it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "references-"));
    await writeFile(join(folder, ".gitignore"), ".build/\n");
    await writeFile(join(folder, "README.md"), "`docs/gone.md`\n[more](README.md), `gone.ts`, `.build/report.json`\n");
    expect(brokenReferences(folder, ["README.md"])).toEqual([
      "README.md:1 names docs/gone.md, which is not there.",
      "README.md:2 names gone.ts, which is not there.",
    ]);
    await rm(folder, { recursive: true });
  });

  it("is there", () => {
    expect(brokenReferences(root, projectFiles(root))).toEqual([]);
  });
});
