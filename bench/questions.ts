import { openStates } from "@/lib/request/model";

/** One thing that a page asks: the API's path, and plain SQL that answers the same. */
export interface Question {
  name: string;
  who: "pia" | "oleg" | "ada";
  /** Below /api/v1. */
  path: string;
  sql: string;
  /** Milliseconds at the 95th percentile. */
  bound: 50 | 100;
}

const open = openStates.map((state) => `'${state}'`).join(", ");
const list = 50;
const search = 100;
const mine = `EXISTS (SELECT 1 FROM "ProjectMembership" m, "Person" p WHERE p."username" = 'oleg' AND m."personId" = p."id" AND m."projectId" = r."projectId")`;
const projects = (who: string, more = "") =>
  `SELECT m.* FROM "ProjectMembership" m JOIN "Person" p ON p."id" = m."personId" AND p."username" = '${who}' WHERE NOT m."archived" ${more} ORDER BY m."lastActivityAt" DESC LIMIT 100`;
const requests = (where: string) =>
  `SELECT r."id", r."roleName", r."projectPath", r."state", r."createdAt" FROM "RoleRequest" r WHERE ${where} ORDER BY r."createdAt" DESC LIMIT 100`;
const roles = (where: string) =>
  `SELECT r."id", r."name", r."arn", r."grade", count(*) OVER () FROM "Role" r WHERE r."removedAt" IS NULL AND ${where} ORDER BY r."name" LIMIT 100`;
const audit = (where: string) => `SELECT * FROM audit.entry r WHERE ${where} ORDER BY seq DESC LIMIT 100`;

export const questions: readonly Question[] = [
  { name: "projects", who: "pia", path: "/projects?limit=100", sql: projects("pia"), bound: list },
  {
    name: "projects, search",
    who: "pia",
    path: "/projects?query=invoices%20worker&limit=100",
    sql: projects("pia", `AND m."path" ILIKE '%invoices%' AND m."path" ILIKE '%worker%'`),
    bound: search,
  },
  { name: "projects of a member", who: "oleg", path: "/projects?limit=100", sql: projects("oleg"), bound: list },
  {
    name: "groups",
    who: "pia",
    path: "/project-groups",
    sql: `SELECT "namespacePath", count(*) FROM "ProjectMembership" m JOIN "Person" p ON p."id" = m."personId" AND p."username" = 'pia' GROUP BY 1`,
    bound: list,
  },
  { name: "requests", who: "pia", path: "/requests?limit=100", sql: requests("true"), bound: list },
  {
    name: "requests, failed",
    who: "pia",
    path: "/requests?state=failed&limit=100",
    sql: requests(`r."state" = 'failed'`),
    bound: list,
  },
  {
    name: "requests, search",
    who: "pia",
    path: "/requests?query=service-123&limit=100",
    sql: requests(`(r."roleName" ILIKE '%service-123%' OR r."projectPath" ILIKE '%service-123%')`),
    bound: search,
  },
  { name: "requests of a member", who: "oleg", path: "/requests?limit=100", sql: requests(mine), bound: list },
  {
    name: "requests of a member, own",
    who: "oleg",
    path: "/requests?mine=true&limit=100",
    sql: requests(`r."requesterId" = (SELECT "id" FROM "Person" WHERE "username" = 'oleg')`),
    bound: list,
  },
  { name: "roles", who: "pia", path: "/roles?limit=100", sql: roles("true"), bound: list },
  {
    name: "roles, drifted",
    who: "pia",
    path: "/roles?live=drifted&limit=100",
    sql: roles(`r."liveState" = 'drifted'`),
    bound: list,
  },
  {
    name: "roles, search",
    who: "pia",
    path: "/roles?query=service-77&limit=100",
    sql: roles(
      `(r."name" ILIKE '%service-77%' OR r."arn" ILIKE '%service-77%' OR r."projectPath" ILIKE '%service-77%')`,
    ),
    bound: search,
  },
  { name: "roles of a member", who: "oleg", path: "/roles?limit=100", sql: roles(mine), bound: list },
  { name: "audit", who: "ada", path: "/audit?limit=100", sql: audit("true"), bound: list },
  {
    name: "audit of a role",
    who: "ada",
    path: "/audit?role=service-77&limit=100",
    sql: audit("lower(role_name) = 'service-77'"),
    bound: list,
  },
  { name: "audit, far back", who: "ada", path: "/audit?cursor=1000&limit=100", sql: audit("seq < 1000"), bound: list },
  {
    name: "audit of a member",
    who: "oleg",
    path: "/audit?limit=100",
    sql: audit(
      `EXISTS (SELECT 1 FROM "ProjectMembership" m, "Person" p WHERE p."username" = 'oleg' AND m."personId" = p."id" AND m."projectId" = r.project_id)`,
    ),
    bound: list,
  },
  {
    name: "first page: risky roles",
    who: "pia",
    path: "/roles/overview",
    sql: `SELECT "liveState", "grade", count(*) FROM "Role" WHERE "removedAt" IS NULL GROUP BY 1, 2`,
    bound: list,
  },
  {
    name: "first page: news",
    who: "oleg",
    path: "/requests/news",
    sql: requests(
      `r."requesterId" = (SELECT "id" FROM "Person" WHERE "username" = 'oleg') AND r."finishedAt" > now() - interval '30 days'`,
    ),
    bound: list,
  },
  {
    name: "counts of the rail",
    who: "oleg",
    path: "/counts",
    sql: `SELECT (SELECT count(*) FROM "RoleRequest" r WHERE r."state" IN (${open}) AND ${mine}), (SELECT count(*) FROM "Role" r WHERE r."removedAt" IS NULL AND ${mine}), (SELECT count(*) FROM "ProjectMembership" m, "Person" p WHERE p."username" = 'oleg' AND m."personId" = p."id")`,
    bound: list,
  },
  {
    name: "search everything",
    who: "pia",
    path: "/search?query=service-99",
    sql: requests(`(r."roleName" ILIKE '%service-99%' OR r."projectPath" ILIKE '%service-99%')`),
    bound: search,
  },
  {
    name: "search everything, member",
    who: "oleg",
    path: "/search?query=service-99",
    sql: requests(`(r."roleName" ILIKE '%service-99%' OR r."projectPath" ILIKE '%service-99%') AND ${mine}`),
    bound: search,
  },
];
