import { OpenAPIGenerator } from "@orpc/openapi";
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { BodyLimitPlugin, RPCHandler } from "@orpc/server/fetch";
import { ResponseHeadersPlugin } from "@orpc/server/plugins";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env";
import type { ApiErrorData } from "@/lib/identity/contract-base";
import type { ApiContext } from "@/lib/identity/procedure-base";
import { sessionCookie } from "@/lib/identity/wire-names";
import { commonSchemas } from "./common-schemas";
import { contract } from "./contract";
import { cookieOf } from "./cookie";
import { followRequest } from "./follow-request";
import { router } from "./router";
import { mayWrite } from "./same-origin";

const largestBodyBytes = 512 * 1024;
const plugins = () => [
  new BodyLimitPlugin<ApiContext>({ maxBodySize: largestBodyBytes }),
  new ResponseHeadersPlugin<ApiContext>(),
];
const rpc = new RPCHandler<ApiContext>(router, { plugins: plugins() });
const rest = new OpenAPIHandler<ApiContext>(router, { plugins: plugins() });

/** The API as the product's own pages call it. */
export function handleRpc(request: Request): Promise<Response> {
  return followRequest("rpc", request, (requestId) =>
    answer(request, requestId, (context) => rpc.handle(request, { prefix: "/api/rpc", context })),
  );
}

/** The API's description: the same for everybody, so it is made once. */
let description: ReturnType<typeof openApiDocument> | undefined;

/** The same as REST; its description is at /api/v1/openapi.json. */
export async function handleRest(request: Request): Promise<Response> {
  if (request.method === "GET" && new URL(request.url).pathname === "/api/v1/openapi.json")
    return Response.json(await (description ??= openApiDocument()));
  return followRequest("rest", request, (requestId) =>
    answer(request, requestId, (context) => rest.handle(request, { prefix: "/api/v1", context })),
  );
}

async function answer(
  request: Request,
  requestId: string,
  handle: (context: ApiContext) => Promise<{ matched: boolean; response?: Response | undefined }>,
): Promise<Response> {
  if (!mayWrite(request, new URL(env.webUrl).origin)) {
    return refusal(
      403,
      "forbidden",
      "Writes are accepted from Trustdesk's own pages only: the Origin header must be the portal's address.",
      requestId,
    );
  }
  const { response } = await handle({
    sessionToken: cookieOf(request.headers.get("cookie"), sessionCookie),
    clock: systemClock,
    requestId,
  });
  return response ? uncached(response) : refusal(404, "not-found", "The API has no such call.", requestId);
}

function refusal(status: number, code: string, message: string, requestId: string): Response {
  const data: ApiErrorData = { field: null, retryAfter: null, data: null, id: requestId };
  return uncached(Response.json({ defined: false, code, status, message, data }, { status }));
}

/** Answers are for one person and one moment. */
function uncached(response: Response): Response {
  response.headers.set("cache-control", "no-store");
  return response;
}

function openApiDocument() {
  return new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
    commonSchemas: { ...commonSchemas, UndefinedError: { error: "UndefinedError" } },
    info: {
      title: "Trustdesk",
      version: "1",
      description: "Calls carry the session cookie; writes also the portal's own Origin.",
    },
    servers: [{ url: `${env.webUrl}/api/v1` }],
  });
}
