import { randomUUID } from "node:crypto";
import type { createCallLog } from "./call-log";
import type { Caller } from "./caller";
import { findCredentials } from "./caller";
import { AwsError } from "./errors";
import type { FaultedCall, Faults } from "./faults";
import { ClientGone } from "./faults";
import { errorXml, isUnsigned, queryRequest, runSigned, runUnsigned, successXml } from "./query-api";
import { runS3, s3ErrorXml, s3Request } from "./s3";
import type { AwsService, WireRequest } from "./sigv4";
import { readAuthorization, verifySignature } from "./sigv4";
import type { World } from "./world";

export interface AwsParts {
  world: World;
  faults: Faults;
  calls: ReturnType<typeof createCallLog>;
}

/** One request's way: its id, and what is known of it for the log. */
interface Journey extends AwsParts {
  requestId: string;
  signal: AbortSignal;
  wire: WireRequest;
}

const unsignedRegion = "us-east-1";

/** Answers any request to the AWS port. */
export async function answer(parts: AwsParts, request: Request): Promise<Response> {
  const { signal } = request;
  const { pathname, search } = new URL(request.url);
  const wire = {
    method: request.method,
    path: pathname,
    query: search.slice(1),
    headers: request.headers,
    body: new Uint8Array(await request.arrayBuffer()),
  };
  const journey = { ...parts, requestId: randomUUID(), signal, wire };
  const isQuery =
    wire.method === "POST" &&
    wire.path === "/" &&
    (wire.headers.get("content-type") ?? "").startsWith("application/x-www-form-urlencoded");
  return isQuery ? answerQuery(journey) : answerS3(journey);
}

async function answerQuery(journey: Journey): Promise<Response> {
  const { world, requestId, wire } = journey;
  const text = Buffer.from(wire.body).toString();
  const service = text.includes("Version=2011-06-15") ? "sts" : "iam";
  const respond = (status: number, xml: string): Response =>
    new Response(xml, { status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId } });
  try {
    const request = queryRequest(text);
    if (isUnsigned(request.action)) {
      const fields = await performed(journey, request.action, null, () => runUnsigned(world, request, unsignedRegion));
      return respond(200, successXml(request, fields, requestId));
    }
    const { caller, region } = signedBy(journey, request.service);
    const fields = await performed(journey, request.action, caller, () => runSigned(world, request, caller, region));
    return respond(200, successXml(request, fields, requestId));
  } catch (error) {
    const known = awsErrorOf(error);
    return respond(known.status, errorXml(service, known, requestId));
  }
}

async function answerS3(journey: Journey): Promise<Response> {
  const { world, requestId, wire } = journey;
  const ids = { "x-amz-request-id": requestId, "x-amz-id-2": requestId };
  try {
    const { caller, region } = signedBy(journey, "s3");
    const request = s3Request(wire);
    const { status, headers, body } = await performed(journey, request.operation, caller, () =>
      runS3(world, request, caller, region),
    );
    return new Response(wire.method === "HEAD" ? null : Buffer.from(body), { status, headers: { ...ids, ...headers } });
  } catch (error) {
    const known = s3ErrorOf(awsErrorOf(error));
    return new Response(wire.method === "HEAD" ? null : s3ErrorXml(known, wire.path, requestId), {
      status: known.status,
      headers: { ...ids, "content-type": "application/xml" },
    });
  }
}

function signedBy({ world, wire }: Journey, service: AwsService): { caller: Caller; region: string } {
  const authorization = readAuthorization(wire.headers);
  const { secret, caller } = findCredentials(
    world,
    authorization.accessKeyId,
    wire.headers.get("x-amz-security-token"),
  );
  verifySignature(wire, authorization, { secret, now: world.now(), service });
  return { caller, region: authorization.region };
}

/** Runs a call between the faults before and after it, and logs it once its effect is known. */
async function performed<T>(
  journey: Journey,
  action: string,
  caller: Caller | null,
  run: () => T | Promise<T>,
): Promise<T> {
  const { faults, calls, world, requestId, signal } = journey;
  const account = caller?.accountId ?? null;
  const call: FaultedCall = { action, account, signal, now: world.now() };
  const logged = (error: string | null): void =>
    calls.add({ action, account, callerArn: caller?.arn ?? null, at: world.now().toISOString(), requestId, error });
  try {
    await faults.before(call);
    const result = await run();
    logged(null);
    await faults.after(call);
    return result;
  } catch (error) {
    if (!(error instanceof ClientGone)) logged(awsErrorOf(error).code);
    throw error;
  }
}

/** An error of ours as AWS would say it; anything else is the sandbox's own fault and said loudly. */
function awsErrorOf(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  if (!(error instanceof ClientGone)) console.error("SANDBOX: AWS failed", error);
  return new AwsError(
    500,
    "ServiceFailure",
    "The request processing has failed because of an unknown error, exception or failure.",
  );
}

/** S3 has its own codes for what is wrong with a signature. */
function s3ErrorOf(error: AwsError): AwsError {
  switch (error.code) {
    case "MissingAuthenticationToken":
      return new AwsError(403, "AccessDenied", "Access Denied");
    case "InvalidClientTokenId":
      return new AwsError(
        403,
        "InvalidAccessKeyId",
        "The AWS Access Key Id you provided does not exist in our records.",
      );
    case "ExpiredToken":
      return new AwsError(400, "ExpiredToken", "The provided token has expired.");
    case "Throttling":
      return new AwsError(503, "SlowDown", "Please reduce your request rate.");
    default:
      return error;
  }
}
