import type { AnyContractRouter, Route } from "@orpc/contract";
import type { ImplementerInternalWithMiddlewares } from "@orpc/server";
import { implement, ORPCError, os, ValidationError } from "@orpc/server";
import type { Clock } from "@/lib/clock";
import { knownError, statusOf, TrustdeskError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { ApiErrorData } from "./contract-base";
import { countUse } from "./rate-limit";
import type { Signed } from "./signed";
import { signedFrom } from "./signed";

/** What an API request brings. */
export interface ApiContext {
  /** The session cookie's value. */
  sessionToken: string | null;
  clock: Clock;
  /** Told to the person with an unexpected failure, so that its log line is found. */
  requestId: string;
  /** Headers of the answer, where an HTTP edge listens for them. */
  resHeaders?: Headers;
}

/** What every handler of ours gets. */
export interface SignedContext {
  signed: Signed;
}

const base = os.$context<ApiContext>();

const mapErrors = base.middleware(async ({ context, path, next }) => {
  try {
    return await next();
  } catch (error) {
    const retryAfter = knownError(error)?.details.retryAfter;
    if (retryAfter !== undefined) context.resHeaders?.set("retry-after", String(retryAfter));
    throw apiError(error, context.requestId, path.join("."));
  }
});

/** Postgres stores no U+0000, in text or in JSON: whoever sends one is told where. */
const refuseNul = base.middleware(({ next }, input) => {
  const field = fieldWithNul(input);
  if (field !== null) throw nulRefusal(field);
  return next();
});

/** What whoever sent U+0000 is told. */
export function nulRefusal(field: string): TrustdeskError {
  return new TrustdeskError(
    "bad-input",
    "This holds the invisible character U+0000, which cannot be stored: take it out.",
    { field },
  );
}

/** The field whose text holds U+0000, or null; of a form within the input, the form's field. */
export function fieldWithNul(input: unknown): string | null {
  if (typeof input !== "object" || input === null) return null;
  const found = Object.entries(input).find(([, value]) => holdsNul(value));
  if (!found) return null;
  const [name, value] = found;
  return name === "draft" || name === "change" ? (fieldWithNul(value) ?? name) : name;
}

function holdsNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  return (
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).some(([name, member]) => name.includes("\0") || holdsNul(member))
  );
}

const requireSignedIn = base.middleware(async ({ context, procedure, next }) => {
  const kind = useOf(procedure["~orpc"].route);
  const signed = await signedFrom(context.sessionToken, { clock: context.clock, live: kind === "write" });
  if (!signed)
    throw new TrustdeskError("not-signed-in", "You are not signed in, or your sign-in has ended. Sign in again.");
  if (kind !== "read") await countUse(kind, signed.person.id, context.clock);
  return next({ context: { signed } });
});

/** Every method but GET writes, unless the contract tags it: "typing" is what a form sends while somebody types, a "question" only asks. */
function useOf({ method, tags = [] }: Route): "read" | "write" | "typing" | "question" {
  if (method === "GET") return "read";
  return (["typing", "question"] as const).find((kind) => tags.includes(kind)) ?? "write";
}

/**
 * Starts the implementation of a part of the contract: handlers run signed in, writes are counted and see the
 * person's rights without a cache, and whatever they throw becomes an error with a sentence.
 */
export function authedProcedures<T extends AnyContractRouter>(
  part: T,
): ImplementerInternalWithMiddlewares<T, ApiContext, ApiContext & SignedContext> {
  const implementer = implement(part).$context<ApiContext>() as unknown as {
    use(middleware: unknown): { use(middleware: unknown): { use(middleware: unknown): unknown } };
  };
  return implementer.use(mapErrors).use(refuseNul).use(requireSignedIn) as ImplementerInternalWithMiddlewares<
    T,
    ApiContext,
    ApiContext & SignedContext
  >;
}

/** The API's form of whatever was thrown. An unknown error is logged and told as its request's id only. */
function apiError(error: unknown, requestId: string, procedure: string): ORPCError<string, unknown> {
  const known = knownError(error);
  if (known) {
    const data: ApiErrorData = {
      field: known.details.field ?? null,
      retryAfter: known.details.retryAfter ?? null,
      data: known.details.data ?? null,
      id: requestId,
    };
    return new ORPCError(known.code, { status: statusOf[known.code], message: known.message, data, cause: error });
  }
  if (error instanceof ORPCError && error.status < 500) return invalidInput(error, requestId);
  log.error({ err: error, requestId, procedure }, "a procedure failed");
  const data: ApiErrorData = { field: null, retryAfter: null, data: null, id: requestId };
  return new ORPCError("internal", {
    status: 500,
    message: `Something failed on Trustdesk's side. Tell its operators this number: ${requestId}`,
    data,
  });
}

function invalidInput(error: ORPCError<string, unknown>, requestId: string): ORPCError<string, unknown> {
  const issue = error.cause instanceof ValidationError ? error.cause.issues[0] : undefined;
  if (!issue) return error;
  const field = issue.path?.map((part) => String(typeof part === "object" ? part.key : part)).join(".") ?? null;
  const data: ApiErrorData = { field, retryAfter: null, data: null, id: requestId };
  return new ORPCError("bad-input", {
    status: 400,
    message: field ? `${field}: ${issue.message}` : issue.message,
    data,
  });
}
