import { z } from "zod";
import type { MendId } from "./finding";
import { findingIds, grades, mends } from "./finding";

/** `Grade`, as it is kept and sent. */
export const gradeSchema = z.enum(grades);

/** `Finding`, as it is kept and sent. */
export const findingSchema = z
  .strictObject({
    id: z.enum(findingIds),
    severity: z.enum(["caution", "danger"]),
    title: z.string(),
    why: z.string(),
    mend: z.string().nullable(),
    mendId: z.enum(Object.keys(mends) as [MendId, ...MendId[]]).nullable(),
    where: z.enum(["who", "what"]),
    names: z.array(z.string()).readonly().optional(),
    path: z.string().optional(),
  })
  .meta({
    title: "Finding",
    description:
      "One thing wrong with a trust or a permission. mend: the label of what mends it in the form, or null. names: whom or what it is about. path: a JSON pointer to its cause in the trust policy.",
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
