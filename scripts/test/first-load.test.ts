import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { firstLoads, kilobytesOf, overBudget } from "./first-load";

const load = {
  route: "/roles/[id]",
  scripts: [
    { file: "a.js", bytes: 1_000 },
    { file: "b.js", bytes: 70_000 },
    { file: "c.js", bytes: 90_000 },
    { file: "d.js", bytes: 40_000 },
  ],
};

it("says which page is over its budget, by how much, and by what", () => {
  expect(overBudget([load], { "/roles/[id]": { measured: 195.2, ceiling: 200 } })).toEqual([
    "/roles/[id] loads 201.0 kB of script first; its budget is 200 kB, and 195.2 kB were measured when that was set. " +
      "Its largest scripts: c.js (90.0 kB), b.js (70.0 kB), d.js (40.0 kB).",
  ]);
  expect(overBudget([load], { "/roles/[id]": { measured: 195.2, ceiling: 201 } })).toEqual([]);
});

it("lets no page be without a budget, and no budget without its page", () => {
  const [first = "", second] = overBudget([load], { "/gone": { measured: 1, ceiling: 2 } });
  expect(first).toContain("it has no budget");
  expect(second).toBe("/gone has a budget, and is no page of the build.");
});

it("reads from the build what each page starts with, each script once", async () => {
  const root = await mkdtemp(join(tmpdir(), "first-load-"));
  const page = join(root, ".next/server/app/(portal)/roles/[id]");
  await mkdir(page, { recursive: true });
  await writeFile(join(root, ".next/build-manifest.json"), JSON.stringify({ rootMainFiles: ["main.js"] }));
  const entries = { "[project]/app/layout": ["main.js", "a.js"], "[project]/app/page": ["a.js", "b.js"] };
  await writeFile(
    join(page, "page_client-reference-manifest.js"),
    `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};\nglobalThis.__RSC_MANIFEST["/(portal)/roles/[id]/page"] = ${JSON.stringify({ entryJSFiles: entries })};`,
  );
  for (const name of ["main", "a", "b"]) await writeFile(join(root, `.next/${name}.js`), name.repeat(1_000));
  const [found] = await firstLoads(root);
  expect(found).toMatchObject({
    route: "/roles/[id]",
    scripts: [{ file: "main.js" }, { file: "a.js" }, { file: "b.js" }],
  });
  expect(found && kilobytesOf(found)).toBeLessThan(1);
  await rm(root, { recursive: true });
});
