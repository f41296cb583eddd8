import { AwsError, constraintViolated } from "./errors";
import type { Tag } from "./state";

/** The form of a Query request: `Name=...`, `List.member.1=...`, `Tags.member.1.Key=...`. */
export interface Parameters {
  optional(name: string): string | undefined;
  /** Absent or empty is the original's ValidationError. */
  required(name: string): string;
  /** A whole number within bounds, else ValidationError. */
  integer(name: string, bounds: { least: number; most: number; absent: number }): number;
  list(name: string): string[];
  tags(): Tag[];
}

/** Reads a Query body. */
export function parametersOf(form: URLSearchParams): Parameters {
  const list = (name: string, suffix = ""): string[] => {
    const values: string[] = [];
    for (let index = 1; form.has(`${name}.member.${index}${suffix}`); index += 1)
      values.push(form.get(`${name}.member.${index}${suffix}`) ?? "");
    return values;
  };
  return {
    optional: (name) => form.get(name) ?? undefined,
    required: (name) => {
      const value = form.get(name);
      if (value === null || value === "")
        throw new AwsError(
          400,
          "ValidationError",
          `1 validation error detected: Value null at '${wireName(name)}' failed to satisfy constraint: Member must not be null`,
        );
      return value;
    },
    integer: (name, { least, most, absent }) => {
      const text = form.get(name);
      if (text === null || text === "") return absent;
      const value = Number(text);
      if (!Number.isInteger(value) || value < least)
        throw constraintViolated(text, wireName(name), `Member must have value greater than or equal to ${least}`);
      if (value > most)
        throw constraintViolated(text, wireName(name), `Member must have value less than or equal to ${most}`);
      return value;
    },
    list: (name) => list(name),
    tags: () => {
      const values = list("Tags", ".Value");
      return list("Tags", ".Key").map((Key, index) => ({ Key, Value: values[index] ?? "" }));
    },
  };
}

/** Checks length and characters. Throws ValidationError with the original's sentences. */
export function checkText(
  value: string,
  name: string,
  { least = 0, most, pattern }: { least?: number; most: number; pattern?: RegExp },
): void {
  if (value.length < least)
    throw constraintViolated(value, name, `Member must have length greater than or equal to ${least}`);
  if (value.length > most)
    throw constraintViolated(value, name, `Member must have length less than or equal to ${most}`);
  if (pattern && !pattern.test(value))
    throw constraintViolated(
      value,
      name,
      `Member must satisfy regular expression pattern: ${pattern.source.replace(/^\^|\$$/g, "")}`,
    );
}

/** One page of `items` by `MaxItems` and `Marker`, with the fields that say whether there are more. */
export function pageOf<T>(
  items: readonly T[],
  parameters: Parameters,
): { items: T[]; fields: { IsTruncated: boolean; Marker?: string } } {
  const size = parameters.integer("MaxItems", { least: 1, most: 1000, absent: 100 });
  const marker = parameters.optional("Marker");
  const start = marker === undefined ? 0 : Number(Buffer.from(marker, "base64url").toString());
  if (!Number.isInteger(start) || start < 0) throw new AwsError(400, "ValidationError", "Invalid Marker.");
  const end = start + size;
  const more = end < items.length;
  return {
    items: items.slice(start, end),
    fields: { IsTruncated: more, ...(more ? { Marker: Buffer.from(String(end)).toString("base64url") } : {}) },
  };
}

function wireName(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
