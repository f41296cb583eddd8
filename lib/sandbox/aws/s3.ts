import { createHash } from "node:crypto";
import { decodeAwsChunked } from "./aws-chunked";
import type { Caller } from "./caller";
import { authorize } from "./caller";
import { AwsError } from "./errors";
import type { WireRequest } from "./sigv4";
import type { StoredBucket } from "./state";
import type { World } from "./world";
import type { XmlFields } from "./xml";
import { element, percentEncoded, RawXml } from "./xml";

/** A path-style request: `/`, `/bucket` or `/bucket/key`. */
export interface S3Request {
  operation: S3Operation;
  bucket: string;
  key: string;
  query: URLSearchParams;
  wire: WireRequest;
}

export interface S3Answer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | string;
}

interface S3Call extends S3Request {
  world: World;
  caller: Caller;
  region: string;
}

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const operations = {
  ListBuckets: listBuckets,
  CreateBucket: createBucket,
  HeadBucket: headBucket,
  GetBucketLocation: getBucketLocation,
  ListObjectsV2: listObjects,
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: getObject,
  DeleteObject: deleteObject,
};
export type S3Operation = keyof typeof operations;

/** What a request asks for. Throws MethodNotAllowed or NotImplemented for what the sandbox's S3 does not do. */
export function s3Request(wire: WireRequest): S3Request {
  const [, bucket = "", key = ""] = /^\/([^/]*)\/?(.*)$/s.exec(wire.path) ?? [];
  const query = new URLSearchParams(wire.query);
  const place = bucket === "" ? "service" : key === "" ? "bucket" : "object";
  const operation = operationOf(`${wire.method} ${place}`, query);
  return { operation, bucket, key: decodeURIComponent(key), query, wire };
}

/** Runs a request under the caller's policies. */
export function runS3(world: World, request: S3Request, caller: Caller, region: string): S3Answer {
  return operations[request.operation]({ ...request, world, caller, region });
}

export function s3ErrorXml({ code, message }: AwsError, path: string, requestId: string): string {
  return (
    declaration +
    element("Error", { Code: code, Message: message, Resource: path, RequestId: requestId, HostId: "sandbox" })
  );
}

function operationOf(what: string, query: URLSearchParams): S3Operation {
  const subresource = [
    "acl",
    "policy",
    "uploads",
    "uploadId",
    "versioning",
    "tagging",
    "delete",
    "versions",
    "lifecycle",
    "cors",
    "encryption",
  ].find((name) => query.has(name));
  if (subresource !== undefined)
    throw new AwsError(501, "NotImplemented", "A header you provided implies functionality that is not implemented");
  if (what === "GET service") return "ListBuckets";
  if (what === "PUT bucket") return "CreateBucket";
  if (what === "HEAD bucket") return "HeadBucket";
  if (what === "GET bucket" && query.has("location")) return "GetBucketLocation";
  if (what === "GET bucket" && query.get("list-type") === "2") return "ListObjectsV2";
  if (what === "PUT object") return "PutObject";
  if (what === "GET object") return "GetObject";
  if (what === "HEAD object") return "HeadObject";
  if (what === "DELETE object") return "DeleteObject";
  throw new AwsError(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
}

function listBuckets({ world, caller }: S3Call): S3Answer {
  authorize(caller, { action: "s3:ListAllMyBuckets", resource: "*" });
  const own = Object.entries(world.state.buckets).filter(([, bucket]) => bucket.accountId === caller.accountId);
  const buckets = own
    .map(([Name, bucket]) => element("Bucket", { Name, CreationDate: bucket.createdAt, BucketRegion: bucket.region }))
    .join("");
  return document("ListAllMyBucketsResult", { Owner: { ID: caller.accountId }, Buckets: new RawXml(buckets) });
}

/** Names are shared by all accounts. In us-east-1 making one's own bucket again succeeds (S3 API, CreateBucket). */
function createBucket({ world, caller, bucket, region, wire }: S3Call): S3Answer {
  authorize(caller, { action: "s3:CreateBucket", resource: bucketArn(bucket) });
  const stated = /<LocationConstraint>([^<]*)<\/LocationConstraint>/.exec(Buffer.from(wire.body).toString())?.[1];
  if ((stated ?? "us-east-1") !== region)
    throw new AwsError(
      400,
      "IllegalLocationConstraintException",
      `The ${stated ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  if (!/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new AwsError(400, "InvalidBucketName", "The specified bucket is not valid.");
  const existing = world.state.buckets[bucket];
  if (existing && existing.accountId !== caller.accountId)
    throw new AwsError(
      409,
      "BucketAlreadyExists",
      "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
    );
  if (existing && region !== "us-east-1")
    throw new AwsError(
      409,
      "BucketAlreadyOwnedByYou",
      "Your previous request to create the named bucket succeeded and you already own it.",
    );
  world.state.buckets[bucket] ??= {
    accountId: caller.accountId,
    region,
    createdAt: world.now().toISOString(),
    objects: {},
  };
  world.changed();
  return { status: 200, headers: { location: `/${bucket}` }, body: "" };
}

function headBucket(call: S3Call): S3Answer {
  const { region } = permittedBucket(call, "s3:ListBucket");
  return { status: 200, headers: { "x-amz-bucket-region": region }, body: "" };
}

function getBucketLocation(call: S3Call): S3Answer {
  const { region } = permittedBucket(call, "s3:GetBucketLocation");
  const body =
    region === "us-east-1"
      ? `<LocationConstraint xmlns="${namespace}"/>`
      : `<LocationConstraint xmlns="${namespace}">${region}</LocationConstraint>`;
  return { status: 200, headers: xmlType, body: declaration + body };
}

function listObjects(call: S3Call): S3Answer {
  const { query, bucket: name } = call;
  const prefix = query.get("prefix");
  const delimiter = query.get("delimiter");
  const bucket = permittedBucket(call, "s3:ListBucket", {
    ...(prefix === null ? {} : { "s3:prefix": prefix }),
    ...(delimiter === null ? {} : { "s3:delimiter": delimiter }),
  });
  const limit = Math.min(Number(query.get("max-keys") ?? 1000), 1000);
  const after = query.get("continuation-token") ?? query.get("start-after") ?? "";
  const entries = groupedKeys(Object.keys(bucket.objects), prefix ?? "", delimiter).filter(({ text }) => text > after);
  const page = entries.slice(0, limit);
  const encode = query.get("encoding-type") === "url" ? percentEncoded : (text: string): string => text;
  const contents = page.flatMap(({ text, isPrefix }) =>
    isPrefix ? [] : [element("Contents", objectFields(bucket, text, encode))],
  );
  const prefixes = page.flatMap(({ text, isPrefix }) =>
    isPrefix ? [element("CommonPrefixes", { Prefix: encode(text) })] : [],
  );
  const more = entries.length > page.length;
  const head = {
    Name: name,
    Prefix: encode(prefix ?? ""),
    KeyCount: page.length,
    MaxKeys: limit,
    Delimiter: delimiter ?? undefined,
    EncodingType: query.get("encoding-type") ?? undefined,
    IsTruncated: more,
    NextContinuationToken: more ? page.at(-1)?.text : undefined,
  };
  return document("ListBucketResult", head, contents.join("") + prefixes.join(""));
}

/** Keys with the prefix in order, those beyond a delimiter folded into their common prefix. */
function groupedKeys(
  keys: readonly string[],
  prefix: string,
  delimiter: string | null,
): { text: string; isPrefix: boolean }[] {
  const entries = new Map<string, boolean>();
  for (const key of keys.filter((one) => one.startsWith(prefix)).sort()) {
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    entries.set(end < 0 || !delimiter ? key : key.slice(0, end + delimiter.length), end >= 0);
  }
  return [...entries].map(([text, isPrefix]) => ({ text, isPrefix }));
}

function objectFields(bucket: StoredBucket, key: string, encode: (text: string) => string): XmlFields {
  const object = bucket.objects[key];
  return {
    Key: encode(key),
    LastModified: object?.at,
    ETag: object?.etag,
    Size: Buffer.from(object?.body ?? "", "base64").length,
    StorageClass: "STANDARD",
  };
}

function putObject(call: S3Call): S3Answer {
  const bucket = permittedBucket(call, "s3:PutObject", {}, call.key);
  const { headers, body } = call.wire;
  refuseExisting(headers.get("if-none-match"), bucket.objects[call.key]);
  const isChunked = headers.get("x-amz-content-sha256")?.startsWith("STREAMING-") ?? false;
  const content = isChunked ? decodeAwsChunked(body) : body;
  const etag = `"${createHash("md5").update(content).digest("hex")}"`;
  bucket.objects[call.key] = {
    body: Buffer.from(content).toString("base64"),
    type: headers.get("content-type") ?? "binary/octet-stream",
    etag,
    at: call.world.now().toISOString(),
  };
  call.world.changed();
  return { status: 200, headers: { etag }, body: "" };
}

/** "*" puts only where there is nothing yet; S3 knows no other value (S3 user guide, "Conditional writes"). */
function refuseExisting(condition: string | null, existing: unknown): void {
  if (condition === null) return;
  if (condition !== "*")
    throw new AwsError(501, "NotImplemented", "A header you provided implies functionality that is not implemented");
  if (existing)
    throw new AwsError(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
}

/** Deleting what is not there succeeds (S3 API, DeleteObject). */
function deleteObject(call: S3Call): S3Answer {
  const bucket = permittedBucket(call, "s3:DeleteObject", {}, call.key);
  delete bucket.objects[call.key];
  call.world.changed();
  return { status: 204, headers: {}, body: "" };
}

/** Only who may list the key is told that it is not there (S3 API, GetObject; the key counts as s3:prefix: ceph/ceph#68577). */
function getObject(call: S3Call): S3Answer {
  const bucket = permittedBucket(call, "s3:GetObject", {}, call.key);
  const object = bucket.objects[call.key];
  if (!object) {
    permittedBucket(call, "s3:ListBucket", { "s3:prefix": call.key });
    throw new AwsError(404, "NoSuchKey", "The specified key does not exist.");
  }
  return {
    status: 200,
    headers: {
      "content-type": object.type,
      etag: object.etag,
      "last-modified": new Date(object.at).toUTCString(),
      "accept-ranges": "bytes",
    },
    body: Buffer.from(object.body, "base64"),
  };
}

/** The bucket, if the caller's policies allow the action there. Another account's would need a bucket policy: there are none. */
function permittedBucket(
  { world, caller, bucket: name }: S3Call,
  action: string,
  context: Record<string, string> = {},
  key?: string,
): StoredBucket {
  const resource = key === undefined ? bucketArn(name) : `${bucketArn(name)}/${key}`;
  const bucket = world.state.buckets[name];
  if (!bucket) throw new AwsError(404, "NoSuchBucket", "The specified bucket does not exist");
  authorize(caller, { action, resource, context });
  if (bucket.accountId !== caller.accountId)
    throw new AwsError(
      403,
      "AccessDenied",
      `User: ${caller.arn} is not authorized to perform: ${action} on resource: "${resource}" because no resource-based policy allows the ${action} action`,
    );
  return bucket;
}

const xmlType = { "content-type": "application/xml" };

function document(name: string, fields: XmlFields, more = ""): S3Answer {
  const inner = element(name, fields)
    .replace(`<${name}>`, `<${name} xmlns="${namespace}">`)
    .replace(new RegExp(`</${name}>$`), `${more}</${name}>`);
  return { status: 200, headers: xmlType, body: declaration + inner };
}

function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}
