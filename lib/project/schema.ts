import { z } from "zod";

export const projectSearchSchema = z.object({
  query: z.string().max(200).default(""),
  group: z.string().max(255).optional(),
  /** Least access level, e.g. 40 for "where I am Maintainer". */
  minAccessLevel: z.coerce.number().int().optional(),
  archived: z.union([z.boolean(), z.stringbool()]).default(false),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type ProjectSearch = z.infer<typeof projectSearchSchema>;
