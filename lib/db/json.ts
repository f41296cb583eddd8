import type { Prisma } from "./generated/client";

/** A value of ours as a JSON column takes it; dates, undefined and functions do not survive. */
export function asJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
}

/** A JSON column that one of our own verbs wrote, as the type that it wrote. */
export function fromJson<T>(column: Prisma.JsonValue): T {
  return column as unknown as T;
}
