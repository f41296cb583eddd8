import { z } from "zod";
import { gitRefSchema } from "@/lib/gitlab-ci/ref-schema";
import { contractBase as oc } from "@/lib/identity/contract-base";
import { projectIdSchema } from "@/lib/ids";
import { projectRowSchema, projectSyncSchema, projectViewSchema } from "./model";
import { projectSearchSchema } from "./schema";

const level = z.literal([0, 30, 40, 60]).nullable();
const named = z.array(z.string());

/** By rule, the least role that it lets in (0: none; null: not known), and whom it names beside; null where GitLab hides the rules. */
const rulesSchema = z.object({
  protectedBranches: z.array(z.object({ name: z.string(), push: level, merge: level, named })).nullable(),
  protectedTags: z.array(z.object({ name: z.string(), create: level, named })).nullable(),
});

export const projectsContract = {
  search: oc
    .route({
      method: "GET",
      path: "/projects",
      summary: "Search the person's projects in the projection; an unknown exact path is asked live",
    })
    .input(projectSearchSchema)
    .output(
      z.object({
        rows: z.array(projectRowSchema),
        nextCursor: z.string().nullable(),
        total: z.number().int(),
        sync: projectSyncSchema,
      }),
    ),
  groups: oc
    .route({ method: "GET", path: "/project-groups", summary: "Groups of the person's projects, with counts" })
    .output(z.array(z.object({ path: z.string(), projects: z.number().int() }))),
  sync: oc
    .route({ method: "POST", path: "/projects/sync", summary: "Refresh the projection from GitLab" })
    .output(projectSyncSchema),
  get: oc
    .route({ method: "GET", path: "/projects/{projectId}", summary: "A project, live from GitLab" })
    .input(z.object({ projectId: projectIdSchema }))
    .output(projectViewSchema),
  /** Every branch and tag, at most 5,000 of each, with who may push; null where GitLab does not show them to the person. */
  refs: oc
    .route({ method: "GET", path: "/projects/{projectId}/refs", summary: "Branches and tags with their protection" })
    .input(z.object({ projectId: projectIdSchema }))
    .output(
      z.object({
        refs: z.array(gitRefSchema).nullable(),
        rules: rulesSchema,
        protectedPatterns: z.array(
          z.object({ pattern: z.string(), type: z.enum(["branch", "tag"]), whoMayPush: z.string() }),
        ),
        truncated: z.boolean(),
        asOf: z.string(),
      }),
    ),
};
