import { notFound } from "next/navigation";
import { cache } from "react";
import { systemClock } from "@/lib/clock";
import { knownError } from "@/lib/errors";
import { requirePerson } from "@/lib/identity/loaders";
import type { RoleRow, RoleView } from "./contract";
import { listRoles, openRole } from "./open-role";
import type { RoleFilter } from "./read";

/** The roles page's first rows. */
export const loadRoles = cache(async (filter: RoleFilter): Promise<{ rows: RoleRow[]; nextCursor: string | null; total: number }> => listRoles(filter, await requirePerson()));

/** A role's page; the not-found page for one that does not exist or is not the person's to see. */
export const loadRole = cache(async (id: string): Promise<RoleView> => {
  const signed = await requirePerson();
  try {
    return await openRole(id, { signed, clock: systemClock });
  } catch (error) {
    if (knownError(error)?.code === "not-found") notFound();
    throw error;
  }
});
