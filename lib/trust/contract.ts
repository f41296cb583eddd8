import { contractBase as oc } from "@/lib/identity/contract-base";
import { comparisonSchema, lintReportSchema, tokenReportSchema } from "@/lib/judgement/lint-schema";
import { compareInputSchema, evaluateInputSchema, lintInputSchema } from "./schema";

const limits =
  "A document is text or JSON, and has at most 131,072 bytes. Nothing of it is kept. One that cannot be used is refused with its place (not-read).";
const trustLimit = "A trust has at most 8,192 characters beside white space: no role can have a longer one.";

/** The commands `evaluate`, `lint` and `compare`, for whoever is signed in: they look, and change nothing. */
export const trustContract = {
  evaluate: oc
    .route({
      method: "POST",
      path: "/trust/evaluate",
      tags: ["question"],
      summary: "Whether AWS lets a token assume a role with this trust policy, and why",
      description: `${limits} The token's signature and expiry are not checked.`,
    })
    .input(evaluateInputSchema)
    .output(tokenReportSchema),
  lint: oc
    .route({
      method: "POST",
      path: "/trust/lint",
      tags: ["question"],
      summary: "Who gets in by a trust policy, and what is wrong with it",
      description: `${limits} ${trustLimit}`,
    })
    .input(lintInputSchema)
    .output(lintReportSchema),
  compare: oc
    .route({
      method: "POST",
      path: "/trust/compare",
      tags: ["question"],
      summary: "Whether two trust policies let in the same, by what they mean",
      description: `${limits} ${trustLimit}`,
    })
    .input(compareInputSchema)
    .output(comparisonSchema),
};
