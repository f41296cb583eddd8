import { z } from "zod";

/** `GitRef`, as it is kept and sent. */
export const gitRefSchema = z.strictObject({
  name: z.string(),
  type: z.enum(["branch", "tag"]),
  protected: z.boolean(),
  default: z.boolean(),
  pushedAt: z.string().nullable(),
  whoMayPush: z.string(),
});
