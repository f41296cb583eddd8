import { HTTPException } from "hono/http-exception";

/** Ends the request with GitLab's error body. */
export class ApiRefusal extends HTTPException {
  constructor(status: 400 | 403 | 404 | 405 | 409 | 422, body: Record<string, unknown>) {
    super(status, { res: Response.json(body, { status }) });
  }
}

export const notFound = (what: string): ApiRefusal =>
  new ApiRefusal(404, { message: `404 ${what} Not Found`.replace("  ", " ") });
export const forbidden = (reason?: string): ApiRefusal =>
  new ApiRefusal(403, { message: reason ? `403 Forbidden - ${reason}` : "403 Forbidden" });
/** Grape's parameter validation, e.g. `per_page is invalid`. */
export const invalidParameter = (text: string): ApiRefusal => new ApiRefusal(400, { error: text });

/** The parameter's value if it is one of `allowed`, else `fallback` when absent; anything else is a 400. */
export function oneOf<T extends string>(
  name: string,
  value: string | undefined,
  allowed: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback;
  const known = allowed.find((one) => one === value);
  if (known === undefined) throw invalidParameter(`${name} does not have a valid value`);
  return known;
}

/** A boolean parameter; null when absent. */
export function flag(name: string, value: string | undefined): boolean | null {
  if (value === undefined || value === "") return null;
  if (/^(true|t|1|yes|on)$/i.test(value)) return true;
  if (/^(false|f|0|no|off)$/i.test(value)) return false;
  throw invalidParameter(`${name} is invalid`);
}

/** A whole number of at least `least`; `fallback` when absent. */
export function wholeNumber(name: string, value: string | undefined, fallback: number, least = 0): number {
  if (value === undefined || value === "") return fallback;
  if (!/^\d+$/.test(value)) throw invalidParameter(`${name} is invalid`);
  if (Number(value) < least) throw invalidParameter(`${name} does not have a valid value`);
  return Number(value);
}
