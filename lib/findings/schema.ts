import { z } from "zod";
import { grades } from "./finding";

/** `Grade`, as it is kept and sent. */
export const gradeSchema = z.enum(grades);

/** `Finding`, as it is kept and sent. */
export const findingSchema = z
  .strictObject({
    id: z.enum([
      "other-principal",
      "other-project",
      "subject-missing-or-star",
      "group-wildcard",
      "any-ref",
      "unprotected-ref",
      "unseen-refs",
      "cannot-be-told",
      "no-immutable-pin",
      "full-access",
      "wildcard-in-string-equals",
      "managed-policy",
      "still-in-use",
    ]),
    severity: z.enum(["caution", "danger"]),
    title: z.string(),
    why: z.string(),
    mend: z.string().nullable(),
    mendId: z
      .enum(["choose-refs", "pin-ref-protected", "pin-project-id", "use-template", "use-string-like"])
      .nullable(),
    where: z.enum(["who", "what"]),
  })
  .meta({
    title: "Finding",
    description: "One thing wrong with a trust or a permission. mend: the label of what mends it in the form, or null.",
    examples: [
      {
        id: "any-ref",
        severity: "danger",
        title: "Any branch or tag",
        why: "Whoever may push a branch or a tag to the project gets the role: usually every developer, with code that nobody has reviewed.",
        mend: "Protected refs only",
        mendId: "pin-ref-protected",
        where: "who",
      },
    ],
  });
