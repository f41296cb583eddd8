/** What kind of failure it is; each edge maps the code once, to a status or a page. */
export type ErrorCode =
  | "not-signed-in"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "bad-input"
  | "too-many"
  | "upstream"
  | "unavailable";

/** HTTP status of each code. */
export const statusOf: Record<ErrorCode, number> = {
  "not-signed-in": 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "bad-input": 400,
  "too-many": 429,
  upstream: 502,
  unavailable: 503,
};

/**
 * What a refusal may show beside its reason, by kind. It is declared where the language for it is: this layer knows no
 * plans, so `lib/plan/refusal` names the kinds, and `lib/plan/refusal-schema` is their form on the wire.
 */
export interface RefusalByKind {}

/** One of these, told by its `kind`. */
export type RefusalData = { [Kind in keyof RefusalByKind]: { kind: Kind } & RefusalByKind[Kind] }[keyof RefusalByKind];

export interface ErrorDetails {
  /** Form field that the refusal belongs to. */
  field?: string;
  /** Seconds after which it makes sense to come again. */
  retryAfter?: number;
  /** What the page shows beside the reason, e.g. a newer plan. */
  data?: RefusalData;
  cause?: unknown;
}

/**
 * The one exception of the product. `message` is a sentence for the person who sees it: what happened,
 * whose side it is on, what to do. It never holds a secret or a raw message of an unknown error.
 */
export class TrustdeskError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "TrustdeskError";
    this.code = code;
    this.details = details;
  }
}

/** An answer to "may this happen?": the reason is a sentence in the user's words. */
export type Decision = { ok: true } | { ok: false; reason: string };

/** The same with its reason, for the many places that say no. */
export function refused(reason: string): Decision & { ok: false } {
  return { ok: false, reason };
}

/** Throws `forbidden` with the decision's reason, unless it is ok. */
export function mustBeAllowed(decision: Decision): void {
  if (!decision.ok) throw new TrustdeskError("forbidden", decision.reason);
}

/** The TrustdeskError in `error`'s chain of causes, or null. */
export function knownError(error: unknown): TrustdeskError | null {
  let current: unknown = error;
  while (current instanceof Error) {
    if (current instanceof TrustdeskError) return current;
    current = current.cause;
  }
  return null;
}
