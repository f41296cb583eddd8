import type { Database } from "@/lib/db/client";
import type { ProjectScope } from "@/lib/project/scope";
import type { RoleRow } from "./contract";
import { readRoles } from "./read";

const shown = 5;

interface Part {
  rows: RoleRow[];
  total: number;
}

/** The roles in scope that need a look: those that differ from the record, are gone from AWS, or are graded danger; and how many there are at all. */
export interface RolesOverview {
  drifted: Part;
  gone: Part;
  danger: Part;
  total: number;
}

/** The first five of each, and how many. */
export async function readRolesOverview(db: Database, instanceId: string, scope: ProjectScope): Promise<RolesOverview> {
  const part = (filter: { live?: "drifted" | "gone"; grade?: "danger" }) =>
    readRoles(db, instanceId, scope, { query: "", removed: false, limit: shown, ...filter });
  const [drifted, gone, danger, all] = await Promise.all([
    part({ live: "drifted" }),
    part({ live: "gone" }),
    part({ grade: "danger" }),
    readRoles(db, instanceId, scope, { query: "", removed: false, limit: 1 }),
  ]);
  return { drifted, gone, danger, total: all.total };
}
