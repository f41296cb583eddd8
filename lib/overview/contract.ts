import { z } from "zod";
import { gradeSchema } from "@/lib/findings/schema";
import { contractBase as oc } from "@/lib/identity/contract-base";
import { goalKinds } from "@/lib/plan/goal-words";
import { liveStates } from "@/lib/plan/live-state";
import { requestStates } from "@/lib/request/model";

export const foundSchema = z.object({
  projects: z.array(z.object({ projectId: z.number().int(), path: z.string() })),
  roles: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      arn: z.string(),
      accountName: z.string(),
      projectPath: z.string(),
      grade: gradeSchema,
      liveState: z.enum(liveStates),
    }),
  ),
  requests: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(goalKinds),
      roleName: z.string(),
      projectPath: z.string(),
      state: z.enum(requestStates),
      requesterName: z.string(),
      createdAt: z.string(),
    }),
  ),
  people: z.array(z.object({ username: z.string(), name: z.string() })),
});
export type Found = z.infer<typeof foundSchema>;

export const searchContract = {
  /** At most six of each kind; nothing for an empty query. */
  find: oc
    .route({
      method: "GET",
      path: "/search",
      tags: ["typing"],
      summary: "Projects, roles, requests and people by words, as far as the person may see them",
    })
    .input(z.object({ query: z.string().max(200) }))
    .output(foundSchema),
};
