import type { Context, MiddlewareHandler } from "hono";
import type { Person } from "../company/people";
import type { Gitlab } from "./gitlab-context";

/** What API routes find in their context. */
export interface ApiEnv {
  Variables: { person: Person };
}
export type ApiContext = Context<ApiEnv>;

const userPaths = new Set(["/api/v4/user", "/api/v4/version", "/api/v4/metadata"]);
const refusals = {
  expired: "Token is expired. You can either do re-authorization or token refresh.",
  revoked: "Token was revoked. You have to re-authorize from the user.",
} as const;

/** Who calls, by PRIVATE-TOKEN or Bearer, and whether the token's scopes allow it: `read_user` for /user, `read_api` for reads, `api` for writes. */
export function authenticated(gitlab: Gitlab): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const bearer = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    const token = c.req.header("private-token") ?? bearer;
    if (!token) return c.json({ message: "401 Unauthorized" }, 401);
    const presented = gitlab.tokens.inspect(token);
    if (presented.kind === "expired") return invalidToken(c, refusals.expired);
    if (presented.kind === "revoked") return invalidToken(c, refusals.revoked);
    if (presented.kind !== "valid" || (presented.oauth && !bearer)) return c.json({ message: "401 Unauthorized" }, 401);
    if (presented.person.state !== "active")
      return c.json({ message: "403 Forbidden - Your account has been blocked." }, 403);
    const enough = sufficientScopes(c);
    if (!enough.some((scope) => presented.scopes.includes(scope))) {
      return c.json(
        {
          error: "insufficient_scope",
          error_description: "The request requires higher privileges than provided by the access token.",
          scope: enough.join(" "),
        },
        403,
      );
    }
    c.set("person", presented.person);
    return next();
  };
}

function sufficientScopes(c: ApiContext): string[] {
  if (c.req.method !== "GET" && c.req.method !== "HEAD") return ["api"];
  return userPaths.has(c.req.path) ? ["api", "read_api", "read_user"] : ["api", "read_api"];
}

function invalidToken(c: ApiContext, description: string): Response {
  return c.json({ error: "invalid_token", error_description: description }, 401, {
    "WWW-Authenticate": `Bearer realm="The API", error="invalid_token", error_description="${description}"`,
  });
}
