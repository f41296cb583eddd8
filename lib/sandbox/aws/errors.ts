/** An answer that is an error on the wire: `code` has no "Exception" suffix. */
export class AwsError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "AwsError";
    this.status = status;
    this.code = code;
  }
}

/** 404 NoSuchEntity. */
export function noSuchEntity(message: string): AwsError {
  return new AwsError(404, "NoSuchEntity", message);
}

/** 409 LimitExceeded with IAM's sentence for a quota. */
export function quotaExceeded(quota: string, limit: number): AwsError {
  return new AwsError(409, "LimitExceeded", `Cannot exceed quota for ${quota}: ${limit}`);
}

/** 400 InvalidInput. */
export function invalidInput(message: string): AwsError {
  return new AwsError(400, "InvalidInput", message);
}

/** The original's sentence for a value outside its constraint. */
export function constraintViolated(value: string, name: string, rule: string): AwsError {
  return new AwsError(
    400,
    "ValidationError",
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: ${rule}`,
  );
}

/** What IAM answers to a caller whose policies do not allow the action (403). */
export function accessDenied(callerArn: string, action: string, resource: string, because?: string): AwsError {
  return new AwsError(
    403,
    "AccessDenied",
    `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource}${because ? ` ${because}` : ""}`,
  );
}
