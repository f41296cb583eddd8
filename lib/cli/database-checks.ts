import pg from "pg";
import type { Clock } from "@/lib/clock";
import { databaseAt } from "@/lib/db/client";
import { readMigrations } from "@/lib/db/migrate";
import { databaseRoles } from "@/lib/db/roles";
import type { Env } from "@/lib/env";
import { workersAlive } from "@/lib/jobs/heartbeat";
import type { Check } from "./check";
import { failed, ok, warning } from "./check";
import { clockCheck } from "./clock-check";

type Process = "web" | "worker";
type Right = [holder: Process, table: string, privilege: "SELECT" | "INSERT" | "UPDATE", wanted: boolean];

/** What tells the two processes' rights apart, as the migrations grant them. */
const rights: Right[] = [
  ["web", `public."RoleRequest"`, "INSERT", true],
  ["web", `public."Session"`, "SELECT", true],
  ["web", `public."Role"`, "INSERT", false],
  ["web", `public."RoleVersion"`, "UPDATE", false],
  ["web", "audit.entry", "UPDATE", false],
  ["worker", `public."Role"`, "INSERT", true],
  ["worker", `public."WorkerHeartbeat"`, "INSERT", true],
  ["worker", `public."RoleRequest"`, "INSERT", false],
  ["worker", `public."Session"`, "SELECT", false],
  ["worker", `public."Account"`, "SELECT", false],
  ["worker", "audit.entry", "UPDATE", false],
];

interface Role {
  name: string;
  mighty: boolean;
  ownsTables: boolean;
  at: Date;
}

/** Database, its roles and their rights, migrations, and whether a worker lives. Only reads; never throws. */
export async function databaseChecks(env: Env, clock: Clock): Promise<Check[]> {
  const web = await roleCheck("web", env.databaseUrl, clock);
  if (!web.role) return web.checks;
  const worker = await roleCheck("worker", env.workerDatabaseUrl, clock);
  const apart = worker.role ? [apartCheck(web.role, worker.role)] : [];
  return [
    ...web.checks,
    ...worker.checks,
    ...apart,
    await migrationsCheck(env.ownerDatabaseUrl),
    await workerCheck(env, clock),
  ];
}

async function roleCheck(holder: Process, url: string, clock: Clock): Promise<{ role: Role | null; checks: Check[] }> {
  const name = `database: ${holder}`;
  try {
    const [role, wrong] = await withClient(
      url,
      async (client) => [await roleOf(client), await wrongRights(client, holder)] as const,
    );
    const clocks = holder === "web" ? [clockCheck("clock: database", clock.now(), role.at)] : [];
    return { role, checks: [roleState(name, holder, role, wrong), ...clocks] };
  } catch (error) {
    const variable = holder === "web" ? "DATABASE_URL" : "TRUSTDESK_WORKER_DATABASE_URL";
    return {
      role: null,
      checks: [
        failed(
          name,
          `no connection (${codeOf(error)}).`,
          `Check host, database, role and password in ${variable}, and that Postgres runs.`,
        ),
      ],
    };
  }
}

function roleState(name: string, holder: Process, role: Role, wrong: string[]): Check {
  const mend = `Connect as ${databaseRoles[holder]}, a role that is neither superuser nor owner (docs/deploy.md, "Database roles").`;
  if (role.mighty)
    return failed(name, `${role.name} is a superuser, or may create roles or pass row-level security.`, mend);
  if (role.ownsTables) return failed(name, `${role.name} owns the tables, so that no grant holds it back.`, mend);
  if (wrong.length > 0)
    return failed(
      name,
      `${role.name} ${wrong.join("; ")}.`,
      `Migrate (npm run db:migrate); then ${mend.charAt(0).toLowerCase()}${mend.slice(1)}`,
    );
  return ok(name, `connected as ${role.name}, with the rights of the ${holder} and no more.`);
}

function apartCheck(web: Role, worker: Role): Check {
  const name = "database: roles apart";
  if (web.name !== worker.name) return ok(name, `${web.name} and ${worker.name} are two roles.`);
  return failed(
    name,
    `web and worker are the same role, ${web.name}.`,
    `Set TRUSTDESK_WORKER_DATABASE_URL to the role ${databaseRoles.worker}: whoever takes over the web must not be able to act as the worker.`,
  );
}

async function roleOf(client: pg.Client): Promise<Role> {
  const { rows } = await client.query<Role>(`SELECT current_user AS name, clock_timestamp() AS at,
    (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls) AS mighty,
    EXISTS (SELECT FROM pg_tables WHERE schemaname IN ('public', 'audit') AND pg_has_role(current_user, tableowner, 'MEMBER')) AS "ownsTables"
    FROM pg_roles WHERE rolname = current_user`);
  const [role] = rows;
  if (!role) throw new Error("the role is not in pg_roles");
  return role;
}

async function wrongRights(client: pg.Client, holder: Process): Promise<string[]> {
  const wrong: string[] = [];
  for (const [, table, privilege, wanted] of rights.filter(([one]) => one === holder)) {
    const { rows } = await client.query<{ has: boolean | null }>(
      "SELECT has_any_column_privilege(to_regclass($1), $2) AS has",
      [table, privilege],
    );
    const has = rows[0]?.has ?? null;
    if (has === null) wrong.push(`finds no table ${table}`);
    else if (has !== wanted) wrong.push(`${wanted ? "lacks" : "has"} ${privilege} on ${table}`);
  }
  return wrong;
}

async function migrationsCheck(ownerUrl: string): Promise<Check> {
  const name = "database: migrations";
  const migrate = "Run npm run db:migrate with TRUSTDESK_OWNER_DATABASE_URL, before web and worker start.";
  try {
    const applied = await withClient(
      ownerUrl,
      async (client) =>
        (
          await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
            "SELECT migration_name, checksum, finished_at FROM public._prisma_migrations WHERE rolled_back_at IS NULL",
          )
        ).rows,
    );
    const known = await readMigrations();
    const rowOf = (migration: string) => applied.find(({ migration_name: one }) => one === migration);
    const unfinished = applied.find((row) => row.finished_at === null);
    if (unfinished)
      return failed(
        name,
        `${unfinished.migration_name} failed or was interrupted.`,
        `Mend its cause, then: npx prisma migrate resolve --rolled-back ${unfinished.migration_name}`,
      );
    const missing = known.filter((migration) => !rowOf(migration.name)).map((migration) => migration.name);
    if (missing.length > 0) return failed(name, `${missing.join(", ")} not applied.`, migrate);
    const edited = known.find((migration) => rowOf(migration.name)?.checksum !== migration.checksum);
    if (edited)
      return failed(
        name,
        `${edited.name} was edited after it was applied.`,
        "Restore the file, and put the change into a new migration.",
      );
    return ok(name, `all ${known.length} are applied, unchanged.`);
  } catch (error) {
    if (codeOf(error) === "42P01") return failed(name, "none was ever applied.", migrate);
    return warning(
      name,
      `they cannot be read with this role (${codeOf(error)}).`,
      "Run the doctor once with TRUSTDESK_OWNER_DATABASE_URL set.",
    );
  }
}

async function workerCheck(env: Env, clock: Clock): Promise<Check> {
  const name = "worker";
  try {
    const alive = await workersAlive(clock, databaseAt(env.databaseUrl));
    return alive > 0
      ? ok(name, "it beats.")
      : failed(
          name,
          "no worker has given a sign within the last 30 s: what is queued waits.",
          "Start it: npm run worker; then look at its log.",
        );
  } catch {
    return failed(name, "its heartbeats cannot be read.", "Migrate the database (npm run db:migrate).");
  }
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Postgres's or the system's code; messages may hold a connection string. */
function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "no answer";
}
