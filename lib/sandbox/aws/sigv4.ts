import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { AwsError } from "./errors";
import { percentEncoded } from "./xml";

/** A request as it came in; `path` and `query` still percent-encoded. */
export interface WireRequest {
  method: string;
  path: string;
  query: string;
  headers: Headers;
  body: Uint8Array;
}

export type AwsService = "iam" | "sts" | "s3";

/** The parts of an Authorization header of signature version 4. */
export interface Authorization {
  accessKeyId: string;
  signedHeaders: string[];
  signature: string;
  date: string;
  /** `day/region/service/aws4_request` */
  scope: string;
  region: string;
}

const maxClockSkewMs = 15 * 60_000;
const mustBeSigned = ["host"];

/** Reads the Authorization header. Throws what AWS answers to a missing or malformed one. */
export function readAuthorization(headers: Headers): Authorization {
  const header = headers.get("authorization");
  if (!header) throw new AwsError(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
  const [, accessKeyId, scope, signedHeaders, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      header,
    ) ?? [];
  const date = headers.get("x-amz-date");
  if (!accessKeyId || !scope || !signedHeaders || !signature || !date)
    throw new AwsError(
      403,
      "IncompleteSignature",
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  return {
    accessKeyId,
    scope,
    signedHeaders: signedHeaders.split(";"),
    signature,
    date,
    region: scope.split("/")[1] ?? "",
  };
}

/** Verifies signature version 4 from the headers that it names, for any region. Throws SignatureDoesNotMatch. */
export function verifySignature(
  request: WireRequest,
  authorization: Authorization,
  { secret, now, service }: { secret: string; now: Date; service: AwsService },
): void {
  checkScope(authorization, now, service);
  const canonical = canonicalRequest(request, authorization.signedHeaders, service);
  const toSign = ["AWS4-HMAC-SHA256", authorization.date, authorization.scope, sha256(canonical)].join("\n");
  const expected = hmac(authorization.scope.split("/").reduce<Buffer | string>(hmac, `AWS4${secret}`), toSign);
  if (timingSafeEqual(expected, Buffer.from(authorization.signature, "hex"))) return;
  throw mismatch(
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
  );
}

function checkScope({ date, scope, signedHeaders }: Authorization, now: Date, service: AwsService): void {
  const [day = "", , scopeService, end] = scope.split("/");
  const stated = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (Number.isNaN(stated) || Math.abs(stated - now.getTime()) > maxClockSkewMs)
    throw mismatch(`Signature expired: ${date} is not within 15 min. of ${now.toISOString()}`);
  if (scopeService !== service || end !== "aws4_request" || !date.startsWith(day))
    throw mismatch(`Credential should be scoped to correct service: '${service}'.`);
  if (mustBeSigned.some((name) => !signedHeaders.includes(name)))
    throw mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
}

function canonicalRequest(request: WireRequest, signedHeaders: readonly string[], service: AwsService): string {
  const { method, path, query, headers } = request;
  const canonicalPath = service === "s3" ? path : path.split("/").map(percentEncoded).join("/");
  const canonicalQuery = query
    .split("&")
    .filter((pair) => pair !== "")
    .map(canonicalPair)
    .sort()
    .join("&");
  const lines = signedHeaders
    .map((name) => `${name}:${(headers.get(name) ?? "").trim().replace(/\s+/g, " ")}\n`)
    .join("");
  return [method, canonicalPath, canonicalQuery, lines, signedHeaders.join(";"), payloadHash(request, service)].join(
    "\n",
  );
}

function canonicalPair(pair: string): string {
  const [name = "", value = ""] = pair.split(/=(.*)/s).map((part) => percentEncoded(decodeURIComponent(part)));
  return `${name}=${value}`;
}

/** S3 alone takes unsigned and streamed payloads; a stated hash must be the body's. */
function payloadHash({ headers, body }: WireRequest, service: AwsService): string {
  const stated = headers.get("x-amz-content-sha256");
  if (
    service === "s3" &&
    stated !== null &&
    (stated === "UNSIGNED-PAYLOAD" || stated === "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
  )
    return stated;
  const actual = sha256(body);
  if (stated !== null && stated !== actual)
    throw new AwsError(
      400,
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  return actual;
}

function mismatch(message: string): AwsError {
  return new AwsError(403, "SignatureDoesNotMatch", message);
}

function sha256(value: string | Uint8Array): string {
  return createHash("sha256").update(value).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
