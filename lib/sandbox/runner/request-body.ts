import type { z } from "zod";
import { invalidParameter } from "../gitlab/api-answers";
import type { ApiContext } from "../gitlab/api-caller";

/** The JSON body as `schema` wants it, or GitLab's 400 that names what is missing or invalid. */
export async function requestBody<T>(c: ApiContext, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(await c.req.json().catch(() => ({})));
  if (parsed.success) return parsed.data;
  throw invalidParameter(
    parsed.error.issues
      .map((issue) => `${issue.path.join(".")} is ${issue.code === "invalid_type" ? "missing" : "invalid"}`)
      .join(", "),
  );
}
