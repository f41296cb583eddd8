import { z } from "zod";
import { rowIdSchema } from "@/lib/ids";

export const snapshotInputSchema = z.object({
  awsAccountId: rowIdSchema,
  roleName: z.string().min(1).max(64),
  boundaryArn: z.string().max(2048).nullable().default(null),
  refresh: z.union([z.boolean(), z.stringbool()]).default(false),
});
