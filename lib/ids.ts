import { z } from "zod";

/** GitLab's numeric project id. */
export const projectIdSchema = z.coerce.number().int().positive();
/** AWS's account id: twelve digits. */
export const accountIdSchema = z.string().regex(/^\d{12}$/, "An AWS account id has twelve digits.");
/** Our own row ids (cuid). */
export const rowIdSchema = z.string().min(8).max(40);
