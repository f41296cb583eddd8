import { awsFailure, errorCode, isRefusal } from "@/lib/aws/failure";
import { UnreadablePolicy } from "@/lib/aws/unreadable-policy";
import { TrustdeskError } from "@/lib/errors";
import type { Change } from "@/lib/plan/change";
import type { AwsFailure } from "@/lib/plan/failure";
import type { JournalStep } from "./journal";

/** The apply ends here, for good. */
export class Stopped extends Error {
  readonly failure: AwsFailure;
  readonly step: JournalStep | null;

  constructor(failure: AwsFailure, step: JournalStep | null) {
    super(failure.message);
    this.failure = failure;
    this.step = step;
  }
}

/** AWS refused, but would not a moment later. */
export class TryAgain extends Error {
  constructor(cause: unknown) {
    super("AWS does not show yet what was done a moment ago", { cause });
  }
}

/** The end of an apply before its first call. */
export function stoppedBefore(
  code: string,
  message: string,
  todo = "Nothing was changed in AWS. Make a new plan.",
): Stopped {
  return new Stopped({ code, message, todo, requestId: null }, null);
}

/** The end that an error at `step` means, or null when a further try makes sense. */
export function endFor(error: unknown, step: JournalStep | null, lastTry: boolean): Stopped | null {
  if (error instanceof Stopped) return error;
  if (error instanceof TryAgain) return lastTry ? new Stopped(awsFailure(error.cause), step) : null;
  if (error instanceof UnreadablePolicy) return new Stopped(awsFailure(error), step);
  if (isRefusal(error) || (lastTry && isAwsError(error))) return new Stopped(awsFailure(error), step);
  if (!lastTry) return null;
  if (error instanceof TrustdeskError && step === null)
    return stoppedBefore("NotAsked", error.message, "Nothing was changed in AWS. Try again once that is mended.");
  return new Stopped(
    {
      code: "NotFinished",
      message: "The apply could not be finished: the role is not in AWS as it was made, or Trustdesk failed.",
      todo: "Compare with AWS below, mend it there, then make a new plan.",
      requestId: null,
    },
    step,
  );
}

/** AWS stands where the plan did not foresee it: both documents are shown, what was expected and what is there. */
export function strange(change: Change, found: unknown): AwsFailure {
  const foreseen = change.before === null ? "nothing there" : JSON.stringify(change.before);
  const wanted = change.after === null ? "nothing" : JSON.stringify(change.after);
  const message = `AWS holds neither what was before this change nor what comes after it. The plan foresaw ${foreseen}, then ${wanted}. AWS holds ${JSON.stringify(found)}.`;
  return {
    code: "AwsMoved",
    message,
    todo: "Somebody else works on it: nothing of theirs was overwritten. Agree with them and make a new plan.",
    requestId: null,
  };
}

function isAwsError(error: unknown): boolean {
  return (
    error instanceof Error &&
    ("$metadata" in error || "$response" in error || errorCode(error) === "CredentialsProviderError")
  );
}
