import { readFileSync } from "node:fs";
import { join } from "node:path";
import type ts from "typescript";
import { describe, expect, it } from "vitest";
import { databaseWrites, mayHoldDatabase } from "./database-writes";
import { productSources, programOf, root } from "./product";
import { tablesWritten } from "./sql-writes";
import { databaseFunctions, recordedRights, unrecordedRights, wrongWrites } from "./write-rights";

/** Reading the whole product with its types takes some seconds, under load many. */
const patience = 180_000;

const sources = [
  [`await tx.role.update({ where: { id }, data: {} });`, ["Role, recorded"]],
  [`await tx.role.findMany(); await tx.role.count();`, []],
  [`await database().role.update({ where: { id }, data: {} });`, ["Role"]],
  [`const other = tx; await other.role.deleteMany();`, ["Role"]],
  [`const roles = tx.role; await roles.deleteMany();`, ["Role"]],
  [`const { deleteMany } = tx.role; await deleteMany();`, ["Role"]],
  [`await tx["role"]["deleteMany"]();`, ["Role, recorded"]],
  [
    `for (const table of ["role", "draft"] as const) await tx[table].deleteMany();`,
    ["Draft, recorded", "Role, recorded"],
  ],
  [
    `await tx.role.update({ where: { id }, data: { versions: { deleteMany: {} } } });`,
    ["Role, recorded", "RoleVersion, recorded"],
  ],
  [`const data = { versions: { deleteMany: {} } }; void data;`, ["RoleVersion"]],
  ['await tx.$executeRaw`UPDATE "Role" SET "grade" = ${id}`;', ["Role, recorded"]],
  ['await database().$queryRaw`DELETE FROM "Role" RETURNING "id"`;', ["Role"]],
  ['await tx.$executeRaw(Prisma.sql`TRUNCATE "Role"`);', ["Role"]],
  ["await tx.$queryRaw`SELECT audit.append()`;", ["audit.entry, recorded"]],
  ["await database().$transaction(async (own) => { await own.role.deleteMany(); });", ["Role"]],
  ["await database().$transaction(async (own) => { await given(own); });", ["Draft"]],
  ["await database().$transaction(given);", ["Draft"]],
  ["await given(database());", ["Draft"]],
  ["await handOn(database());", ["Draft"]],
  ["await given(tx); await handOn(tx);", []],
  ["await called((own) => own.role.deleteMany());", ["Role, recorded"]],
  ["new Set().add(1); void database().role.findMany().then((rows) => rows);", []],
] as const;

const start = `import { recordChange } from "@/lib/audit/record-change";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
async function given(own: Transaction): Promise<void> { await own.draft.deleteMany(); }
const handOn = async (own: Transaction) => given(own);
declare function called(work: (own: Transaction) => unknown): Promise<void>;
declare const context: Parameters<typeof recordChange>[0]; declare const id: string; void [Prisma, handOn];
export const change = () => recordChange(context, async (tx) => {
`;
const end = `
  return { value: null, audit: { action: "role-recorded" } };
});`;

const probes = new Map(sources.map(([text], index) => [join(root, `lib/probe-${index}.ts`), start + text + end]));
const product = productSources()
  .map((path) => join(root, path))
  .filter((file) => mayHoldDatabase(readFileSync(file, "utf8")));
let read: ts.Program | undefined;

/** Product and probes with their types, read once. */
function program(): ts.Program {
  read ??= programOf([...product, ...probes.keys()], probes);
  return read;
}

describe("a write", () => {
  it("is found by its type, whatever it is called and on whatever it stands", { timeout: patience }, () => {
    const writes = databaseWrites(program(), { root, files: [...probes.keys()], functions: databaseFunctions });
    const of = (index: number) =>
      writes
        .filter(({ file, line }) => file === `lib/probe-${index}.ts` && line > start.split("\n").length - 1)
        .map(({ table, recorded: isRecorded }) => (isRecorded ? `${table}, recorded` : table))
        .sort();
    expect(sources.map(([text], index) => [text, of(index)])).toEqual(sources.map(([text, tables]) => [text, tables]));
  });

  it.each([
    [`INSERT INTO "Draft" ("key") VALUES ($1) ON CONFLICT ("key") DO UPDATE SET "value" = $2`, ["Draft"]],
    [`WITH gone AS (DELETE FROM ONLY public."Draft" RETURNING 1) SELECT count(*) FROM gone`, ["Draft"]],
    [`merge into "Role" r using x on true when matched then delete`, ["Role"]],
    ["TRUNCATE TABLE audit.entry", ["audit.entry"]],
    ["UPDATE $1 SET x = 1", ["?"]],
    [`SELECT * FROM "Role" r WHERE r."id" = $1 FOR NO KEY UPDATE`, []],
    [`SELECT 'DELETE FROM "Role"' -- UPDATE "Role"`, []],
    ["SELECT app.enqueue($1)", ["graphile_worker.jobs"]],
    ["SELECT audit.wipe()", ["audit.wipe()"]],
    ["SELECT audit.verify()", []],
    [`ALTER TABLE "Role" DISABLE TRIGGER ALL`, ["(schema)"]],
  ])("is read from SQL: %s", (sql, tables) => {
    expect(tablesWritten(sql, databaseFunctions)).toEqual(tables);
  });

  it("that nobody listed is refused, and a right that nobody uses is taken away", () => {
    const at = { file: "lib/overview/find.ts", line: 7, table: "Role" };
    const refused = (write: { recorded: boolean; table?: string }) =>
      wrongWrites([{ ...at, ...write }], { recorded: [], unrecorded: [] });
    expect(refused({ recorded: true })).toEqual([expect.stringContaining("which is not overview's")]);
    expect(refused({ recorded: false })).toEqual([expect.stringContaining("without an audit entry")]);
    expect(refused({ recorded: false, table: "audit.wipe()" })).toEqual([expect.stringContaining("say in databaseF")]);
    const right = { room: "overview", table: "Role", why: "a test" };
    expect(wrongWrites([{ ...at, recorded: true }], { recorded: [right], unrecorded: [] })).toEqual([]);
    expect(wrongWrites([], { recorded: [right], unrecorded: [] })).toEqual([expect.stringContaining("take the right")]);
  });
});

it("writes only what its room may write, and each right is used", { timeout: patience }, () => {
  const writes = databaseWrites(program(), { root, files: product, functions: databaseFunctions });
  expect(wrongWrites(writes, { recorded: recordedRights, unrecorded: unrecordedRights })).toEqual([]);
});
