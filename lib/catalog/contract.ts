import { oc } from "@orpc/contract";
import { z } from "zod";
import { projectIdSchema, rowIdSchema } from "@/lib/ids";
import {
  accountChoiceSchema,
  awsAccountSchema,
  gitRefSchema,
  projectRowSchema,
  projectSyncSchema,
  projectViewSchema,
} from "./model";
import { accountInputSchema, projectSearchSchema } from "./schema";

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
  /** Every branch and tag, at most 5,000 of each, with who may push. */
  refs: oc
    .route({ method: "GET", path: "/projects/{projectId}/refs", summary: "Branches and tags with their protection" })
    .input(z.object({ projectId: projectIdSchema }))
    .output(
      z.object({
        refs: z.array(gitRefSchema),
        protectedPatterns: z.array(
          z.object({ pattern: z.string(), type: z.enum(["branch", "tag"]), whoMayPush: z.string() }),
        ),
        truncated: z.boolean(),
        asOf: z.string(),
      }),
    ),
};

export const accountsContract = {
  list: oc.route({ method: "GET", path: "/accounts", summary: "AWS accounts" }).output(z.array(awsAccountSchema)),
  choices: oc
    .route({
      method: "GET",
      path: "/accounts/choices",
      summary: "AWS accounts for which a role can be asked: all of them, for whoever is Maintainer of a project",
    })
    .output(z.array(accountChoiceSchema)),
  create: oc
    .route({ method: "POST", path: "/accounts", summary: "Add an AWS account" })
    .input(accountInputSchema)
    .output(awsAccountSchema),
  update: oc
    .route({
      method: "PUT",
      path: "/accounts/{id}",
      summary: "Change an AWS account; an externalId of null keeps the one that is set",
    })
    .input(accountInputSchema.extend({ id: rowIdSchema }))
    .output(awsAccountSchema),
  test: oc
    .route({ method: "POST", path: "/accounts/{id}/test", summary: "Start a connection test; list shows its outcome" })
    .input(z.object({ id: rowIdSchema }))
    .output(awsAccountSchema),
};
