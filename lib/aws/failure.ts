import type { AwsFailure } from "@/lib/plan/failure";
import { UnreadablePolicy } from "./unreadable-policy";

interface SdkError {
  name?: string;
  message?: string;
  code?: string;
  Code?: string;
  $metadata?: { httpStatusCode?: number; requestId?: string };
}

/** What a code means: whose side it is on, and what to do. `quote` adds AWS's own sentence. */
interface Meaning {
  message: string;
  todo: string;
  quote: boolean;
}

const meanings: Record<string, Meaning> = {
  AccessDenied: {
    message: "AWS denied the worker this call.",
    todo: "An AWS administrator of the account gives the spoke role this permission, or its trust policy names the worker and the ExternalId; then try again.",
    quote: true,
  },
  EntityAlreadyExists: {
    message: "Something of that name is already in the account.",
    todo: "Choose another name, or look at what is there. Nothing was overwritten.",
    quote: true,
  },
  NoSuchEntity: {
    message: "AWS does not find what this call is about.",
    todo: "It was removed meanwhile. Read AWS again and make a new plan.",
    quote: true,
  },
  LimitExceeded: {
    message: "A quota of the AWS account is used up.",
    todo: "Ask for a higher quota in Service Quotas (region us-east-1), or remove what is not needed.",
    quote: true,
  },
  MalformedPolicyDocument: {
    message: "AWS does not accept the policy document.",
    todo: "Mend the document as AWS says, and make a new plan.",
    quote: true,
  },
  InvalidInput: {
    message: "AWS does not accept a value.",
    todo: "Mend the value as AWS says, and make a new plan.",
    quote: true,
  },
  ValidationError: {
    message: "AWS does not accept a value.",
    todo: "Mend the value as AWS says, and make a new plan.",
    quote: true,
  },
  ConcurrentModification: {
    message: "Somebody else changes the same thing in AWS at this moment.",
    todo: "Try again in a minute.",
    quote: false,
  },
  EntityTemporarilyUnmodifiable: {
    message: "AWS is still busy with an earlier change of the same thing.",
    todo: "Try again in a minute.",
    quote: false,
  },
  UnmodifiableEntity: {
    message: "The role is protected by AWS (service-linked) and cannot be changed.",
    todo: "Choose another name.",
    quote: true,
  },
  Throttling: {
    message: "AWS asks us to slow down.",
    todo: "Try again in a minute; other tools may be using up the account's IAM rate.",
    quote: false,
  },
  OpenIdIdpCommunicationError: {
    message: "AWS cannot reach the GitLab issuer from the internet.",
    todo: "The issuer's discovery document and keys must be reachable from the public internet.",
    quote: true,
  },
  IDPCommunicationError: {
    message: "AWS cannot reach the GitLab issuer from the internet.",
    todo: "The issuer's discovery document and keys must be reachable from the public internet, and answer within a few seconds.",
    quote: true,
  },
  InvalidIdentityToken: {
    message: "AWS does not accept the identity token.",
    todo: "The account needs an OIDC provider of exactly the token's issuer, and the issuer's keys must be reachable from the public internet.",
    quote: true,
  },
  IDPRejectedClaim: {
    message: "AWS does not accept a claim of the identity token.",
    todo: "The token's audience must be among the provider's client ids, and it must not have expired.",
    quote: true,
  },
  PolicyNotAttachable: {
    message: "AWS attaches this managed policy to service-linked roles only.",
    todo: "Choose another policy.",
    quote: true,
  },
  DeleteConflict: {
    message: "Something in AWS still hangs on the role.",
    todo: "Look at the role in AWS: take off what is still attached to it (policies, instance profiles), then try again.",
    quote: true,
  },
  TimeoutError: {
    message: "AWS did not answer in time.",
    todo: "Look at the AWS Health Dashboard, and at the worker's network and proxy; then try again.",
    quote: false,
  },
  ServiceUnavailable: {
    message: "AWS failed on its side.",
    todo: "Look at the AWS Health Dashboard and try again.",
    quote: false,
  },
  ServiceFailure: {
    message: "AWS failed on its side.",
    todo: "Look at the AWS Health Dashboard and try again.",
    quote: false,
  },
  InternalFailure: {
    message: "AWS failed on its side.",
    todo: "Look at the AWS Health Dashboard and try again.",
    quote: false,
  },
  ExpiredToken: {
    message: "The worker's AWS credentials have expired.",
    todo: "Whoever runs the worker renews its credentials.",
    quote: false,
  },
  InvalidClientTokenId: {
    message: "AWS does not know the worker's access key.",
    todo: "Whoever runs the worker checks AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    quote: false,
  },
  UnrecognizedClient: {
    message: "AWS does not know the worker's credentials.",
    todo: "Whoever runs the worker checks its AWS credentials, and that they are of the account's partition.",
    quote: false,
  },
  RequestExpired: {
    message: "AWS finds the worker's call too old.",
    todo: "Whoever runs the worker sets the machine's clock.",
    quote: false,
  },
  SignatureDoesNotMatch: {
    message: "AWS does not accept the worker's signature.",
    todo: "Whoever runs the worker checks AWS_SECRET_ACCESS_KEY and the machine's clock.",
    quote: false,
  },
  CredentialsProviderError: {
    message: "The worker has no AWS credentials.",
    todo: "Whoever runs the worker sets credentials in any way the AWS SDK knows, e.g. AWS_PROFILE or an instance role.",
    quote: false,
  },
  RegionDisabled: {
    message: "STS is not enabled in the account's region.",
    todo: "Choose another region for the account, or enable STS there.",
    quote: false,
  },
};

const notReached: Meaning = {
  message: "The worker cannot reach AWS.",
  todo: "Whoever runs the worker checks its network, proxy and AWS_ENDPOINT_URL settings; then try again.",
  quote: false,
};

/**
 * The code of an error as it stands on the wire. The SDK appends "Exception" to the codes that it models
 * ("LimitExceededException") and leaves the others raw ("AccessDenied"): both become the short form.
 */
export function errorCode(error: unknown): string {
  const { name, Code, code } = (error ?? {}) as SdkError;
  const raw = Code ?? (name && name !== "Error" ? name : code) ?? "Unknown";
  return raw.replace(/Exception$/, "");
}

/** True when AWS answered that something does not exist. */
export function isMissing(error: unknown): boolean {
  return errorCode(error) === "NoSuchEntity";
}

/** Codes with which AWS says "not now, nothing was done": safe to send again (the SDK itself retries only some of them). */
const passing: ReadonlySet<string> = new Set([
  "Throttling",
  "RequestLimitExceeded",
  "TooManyRequests",
  "ConcurrentModification",
  "EntityTemporarilyUnmodifiable",
]);

/** True when AWS had no time for the call, so that the same call may succeed later. */
export function isPassing(error: unknown): boolean {
  return passing.has(errorCode(error));
}

/** True when AWS refused the call for good, so that it had no effect. A lost answer or a 5xx is not certain. */
export function isRefusal(error: unknown): boolean {
  const status = ((error ?? {}) as SdkError).$metadata?.httpStatusCode;
  return status !== undefined && status >= 400 && status < 500 && !isPassing(error);
}

/**
 * Any error of an AWS call in words for people: what happened, whose side it is on, what to do,
 * with AWS's request id where AWS answered. Texts of unknown errors are not shown.
 */
export function awsFailure(error: unknown): AwsFailure {
  if (error instanceof UnreadablePolicy) return unreadable(error);
  const { message = "", $metadata } = (error ?? {}) as SdkError;
  const code = errorCode(error);
  const requestId = $metadata?.requestId ?? null;
  const meaning = meanings[code] ?? ($metadata?.httpStatusCode === undefined ? notReached : null);
  if (meaning)
    return {
      code,
      message:
        meaning.quote && message ? `${meaning.message} AWS says: ${message.replace(/[^.]$/, "$&.")}` : meaning.message,
      todo: meaning.todo,
      requestId,
    };
  // The SDK calls an error that it does not model the client's fault, a 503 too.
  const side = ($metadata?.httpStatusCode ?? 0) >= 500 ? "AWS failed on its side." : "AWS refused the call.";
  return {
    code,
    message: `${side} Its code is ${code}.`,
    todo: "Look the code up in AWS's documentation, mend the cause and try again.",
    requestId,
  };
}

function unreadable({ message }: UnreadablePolicy): AwsFailure {
  return {
    code: "UnreadablePolicy",
    message,
    todo: "Mend the policy in the AWS console, where it can be seen, and try again.",
    requestId: null,
  };
}
