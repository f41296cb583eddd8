import { notFound } from "next/navigation";
import { cache } from "react";
import { systemClock } from "@/lib/clock";
import { knownError } from "@/lib/errors";
import { requirePerson } from "@/lib/identity/loaders";
import type { RequestRow, RequestView } from "./contract";
import { listRequests, openRequest } from "./open-request";
import type { RequestFilter } from "./read";

/** The requests page's first rows. */
export const loadRequests = cache(async (filter: RequestFilter): Promise<{ rows: RequestRow[]; nextCursor: string | null }> => listRequests(filter, await requirePerson()));

/** A request's page; the not-found page for one that does not exist or is not the person's to see. */
export const loadRequest = cache(async (id: string): Promise<RequestView> => {
  const signed = await requirePerson();
  try {
    return await openRequest(id, { signed, clock: systemClock });
  } catch (error) {
    if (knownError(error)?.code === "not-found") notFound();
    throw error;
  }
});
