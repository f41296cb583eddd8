import type { z } from "zod";
import type { Prisma } from "./generated/client";

/** A value of ours as a JSON column takes it; dates, undefined and functions do not survive. */
export function asJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
}

/** A JSON column that one of our own verbs wrote, as the type that it wrote. */
export function fromJson<T>(column: Prisma.JsonValue): T {
  return column as unknown as T;
}

/**
 * A JSON column that people are shown. Another version of Trustdesk may have written it in another shape: then it is
 * null, as where it holds nothing, and whoever shows it says that it cannot be told. Nothing is guessed or left out, and
 * members keep the order in which they were written, which a schema's own answer would not.
 */
export function readableJson<T>(schema: z.ZodType<T>, column: Prisma.JsonValue): T | null {
  return schema.safeParse(column).success ? fromJson<T>(column) : null;
}
