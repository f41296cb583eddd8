import { AwsError } from "./errors";

/**
 * The content of an `aws-chunked` body: `<hex length>[;extension]\r\n<bytes>\r\n`, ended by a chunk of length 0 and
 * trailers. Source: S3 API reference, "Signature calculations: including trailing headers". Throws IncompleteBody.
 */
export function decodeAwsChunked(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body);
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const endOfLine = bytes.indexOf("\r\n", at);
    const length = endOfLine < 0 ? Number.NaN : Number.parseInt(bytes.toString("latin1", at, endOfLine), 16);
    const start = endOfLine + 2;
    if (Number.isNaN(length) || start + length > bytes.length)
      throw new AwsError(400, "IncompleteBody", "The request body terminated unexpectedly");
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(start, start + length));
    at = start + length + 2;
  }
}
