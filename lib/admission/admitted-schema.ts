import { z } from "zod";
import { gitRefSchema } from "@/lib/gitlab-ci/ref-schema";

/** `RefVerdict`, as it is kept and sent. */
export const refVerdictSchema = z
  .strictObject({
    ref: gitRefSchema,
    verdict: z.enum(["in", "out", "untold"]),
    by: z.string(),
    because: z.string(),
  })
  .meta({
    title: "RefVerdict",
    description:
      "Whether a branch or tag may assume the role: in, out, or untold, which is neither. by: exact, or the pattern that lets it in. because: in a sentence.",
    examples: [
      {
        ref: {
          name: "main",
          type: "branch",
          protected: true,
          default: true,
          pushedAt: "2026-11-20T09:30:00.000Z",
          whoMayPush: "maintainers",
        },
        verdict: "in",
        by: "exact",
        because: "Statement 1 allows it.",
      },
    ],
  });
