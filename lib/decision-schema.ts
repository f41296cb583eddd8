import { z } from "zod";

/** Whether something may be done, and why not: the button's tooltip. */
export const decisionSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), reason: z.string() }),
]);
