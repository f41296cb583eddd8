import { oc } from "@orpc/contract";
import { z } from "zod";
import { statusOf } from "@/lib/errors";
import { refusalDataSchema } from "@/lib/plan/refusal-schema";

/** Data of every error of the API, beside code, status and message. */
export const apiErrorDataSchema = z
  .strictObject({
    field: z.string().nullable(),
    retryAfter: z.number().nullable(),
    data: refusalDataSchema.nullable(),
    id: z.string(),
  })
  .meta({
    title: "ErrorData",
    description:
      "field: the field of the input or form that the refusal belongs to. retryAfter: seconds after which it makes sense to come again. id: the request's number, for Trustdesk's operators.",
    examples: [{ field: "roleName", retryAfter: null, data: null, id: "0b7e1a" }],
  });

export type ApiErrorData = z.infer<typeof apiErrorDataSchema>;

const data = apiErrorDataSchema;

/** What every part of the API's contract begins with: how calls are refused. The message is a sentence for people. */
export const contractBase = oc.errors({
  "not-signed-in": { status: statusOf["not-signed-in"], message: "Nobody is signed in.", data },
  forbidden: { status: statusOf.forbidden, message: "The person may not do this; the message says why.", data },
  "not-found": { status: statusOf["not-found"], message: "There is no such thing, or the person cannot see it.", data },
  conflict: { status: statusOf.conflict, message: "Something else happened meanwhile, or is in the way.", data },
  "bad-input": { status: statusOf["bad-input"], message: "Something is wrong with what was sent.", data },
  "too-many": { status: statusOf["too-many"], message: "Too many calls; come again later.", data },
  upstream: { status: statusOf.upstream, message: "GitLab or AWS failed.", data },
  unavailable: { status: statusOf.unavailable, message: "Something that is needed does not answer.", data },
  internal: { status: 500, message: "Something failed on Trustdesk's side.", data },
});
