import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface SourceFile {
  path: string;
  text: string;
}

const skipped = new Set(["node_modules", "generated", "sandbox", "testing"]);

/** Every source file of the product: no tests, nothing generated, not the sandbox. */
function productFiles(folder: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : productFiles(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name)
      ? [{ path, text: readFileSync(path, "utf8") }]
      : [];
  });
}

const product = ["app", "components", "lib"].flatMap(productFiles);

/** Each match of `pattern` as "path: match", outside the files that may. */
function found(pattern: RegExp, mayHave: readonly string[] = []): string[] {
  return product
    .filter(({ path }) => !mayHave.includes(path))
    .flatMap(({ path, text }) => [...text.matchAll(new RegExp(pattern, "g"))].map((match) => `${path}: ${match[0]}`));
}

describe("the product", () => {
  it("is seen whole by these checks", () => {
    expect(product.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["lib/audit/record-change.ts", "lib/env.ts"]),
    );
  });

  it("does not know the sandbox", () => {
    expect(found(/(?:from|import\()\s*["'][^"']*sandbox[^"']*["']/)).toEqual([]);
  });

  it("reads its configuration in one place", () => {
    // The doctor looks at a whole environment, which may not even parse; AWS_REGION is the SDK's own.
    expect(found(/process\.env/, ["lib/env.ts", "lib/cli/doctor-main.ts", "lib/cli/aws-checks.ts"])).toEqual([]);
  });

  it("reads the audit's table in its reading room alone", () => {
    // The doctor asks Postgres what may be done with the table, and reads nothing of it.
    expect(found(/\baudit\.entry\b/, ["lib/audit-log/read.ts", "lib/cli/database-checks.ts"])).toEqual([]);
  });

  it("builds no SQL from strings", () => {
    expect(found(/\$(?:query|execute)RawUnsafe|Prisma\.raw\(/)).toEqual([]);
  });

  it("puts no markup into a page unescaped", () => {
    expect(found(/dangerouslySetInnerHTML|\.innerHTML\s*=/)).toEqual([]);
  });
});
