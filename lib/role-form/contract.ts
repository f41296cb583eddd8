import { z } from "zod";
import { contractBase as oc } from "@/lib/identity/contract-base";
import { draftSubjectSchema, roleDraftSchema } from "./schema";

const keptDraftSchema = z.object({ draft: roleDraftSchema, savedAt: z.string() });

/** What somebody types into the form is kept, also half-done. */
export const draftContract = {
  readDraft: oc
    .route({
      method: "GET",
      path: "/drafts/{projectId}",
      summary: "What the person typed and did not submit; outdated: for another version of the role",
    })
    .input(draftSubjectSchema)
    .output(z.object({ kept: keptDraftSchema.nullable(), outdated: keptDraftSchema.nullable() })),
  saveDraft: oc
    .route({ method: "PUT", path: "/drafts/{projectId}", tags: ["typing"], summary: "Keep what was typed" })
    .input(draftSubjectSchema.extend({ draft: roleDraftSchema }))
    .output(z.object({ savedAt: z.string() })),
  discardDraft: oc
    .route({ method: "DELETE", path: "/drafts/{projectId}", tags: ["typing"], summary: "Forget what was typed" })
    .input(draftSubjectSchema)
    .output(z.object({ ok: z.literal(true) })),
};
