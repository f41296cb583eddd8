import { z } from "zod";
import { contractBase as oc } from "./contract-base";
import { portalRoles, type SignedInPerson } from "./model";

const personSchema = z.object({
  id: z.string(),
  gitlabUserId: z.number().int(),
  username: z.string(),
  name: z.string(),
  avatarUrl: z.string().nullable(),
  role: z.enum(portalRoles),
}) satisfies z.ZodType<SignedInPerson>;

export const identityContract = {
  me: oc
    .route({ method: "GET", path: "/me", summary: "Who is signed in, and as what" })
    .output(z.object({ person: personSchema, gitlab: z.object({ url: z.string(), issuer: z.string() }) })),
  /** Counts for the rail. */
  counts: oc
    .route({
      method: "GET",
      path: "/counts",
      summary: "How many projects, unfinished requests, roles and accounts the person sees",
    })
    .output(
      z.object({
        projects: z.number(),
        requests: z.number(),
        roles: z.number(),
        accounts: z.number(),
        reading: z.number().int().nullable(),
      }),
    ),
};
