import { identityContract } from "@/lib/identity/contract";
import { authedProcedures } from "@/lib/identity/procedure-base";
import { keepProjectionCurrent } from "@/lib/project/sync-projects";
import { readCounts } from "./read-counts";

/** The numbers of the rail; every page asks for them, so they are what keeps the projection fresh. */
export const countProcedures = {
  counts: authedProcedures(identityContract).counts.handler(async ({ context: { signed, clock } }) => {
    await keepProjectionCurrent(signed.person.id, signed.gitlab, clock);
    return readCounts(signed.person, clock);
  }),
};
