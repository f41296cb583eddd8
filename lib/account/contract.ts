import { z } from "zod";
import { contractBase as oc } from "@/lib/identity/contract-base";
import { rowIdSchema } from "@/lib/ids";
import { accountChoiceSchema, awsAccountSchema } from "./model";
import { accountInputSchema } from "./schema";
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
