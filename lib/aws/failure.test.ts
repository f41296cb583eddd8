import { describe, expect, it } from "vitest";
import { awsFailure, errorCode, isMissing, isRefusal } from "./failure";
import { withPatience } from "./retry";

function sdkError(name: string, status: number, message = "as AWS says it"): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: status < 500 ? "client" : "server",
    $metadata: { httpStatusCode: status, requestId: "req-1" },
  });
}

describe("an error of AWS in words", () => {
  it.each(["LimitExceeded", "LimitExceededException"])("knows %s in both of its forms", (name) => {
    expect(errorCode(sdkError(name, 409))).toBe("LimitExceeded");
    expect(awsFailure(sdkError(name, 409))).toMatchObject({
      code: "LimitExceeded",
      requestId: "req-1",
      message: expect.stringContaining("as AWS says it") as string,
    });
  });

  it("tells a refusal, which had no effect, from an answer that was lost", () => {
    expect(isRefusal(sdkError("AccessDenied", 403))).toBe(true);
    expect(isRefusal(sdkError("ServiceFailureException", 500))).toBe(false);
    expect(isRefusal(sdkError("Throttling", 400))).toBe(false);
    expect(isRefusal(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }))).toBe(false);
  });

  it("says whose side it is on when AWS cannot be reached", () => {
    expect(awsFailure(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })).message).toBe(
      "The worker cannot reach AWS.",
    );
  });

  it.each(["OpenIdIdpCommunicationError", "OpenIdIdpCommunicationErrorException", "IDPCommunicationError"])(
    "says of %s that the issuer has to be reachable from the internet",
    (name) => {
      const { message, todo } = awsFailure(sdkError(name, 400, "IAM cannot connect to the provider URL"));
      expect(message).toMatch(/cannot reach the GitLab issuer.* IAM cannot connect to the provider URL\.$/);
      expect(todo).toMatch(/must be reachable from the public internet/);
    },
  );

  it.each([
    [
      "InvalidIdentityToken",
      "No OpenIDConnect provider found in your account",
      /OIDC provider of exactly the token's issuer/,
    ],
    ["InvalidIdentityTokenException", "Couldn't retrieve verification key", /keys must be reachable/],
    ["IDPRejectedClaimException", "Incorrect token audience", /among the provider's client ids/],
    ["UnrecognizedClientException", "", /credentials/],
    ["RequestExpired", "", /clock/],
    ["PolicyNotAttachableException", "", /another policy/],
  ])("says what to do about %s: %s", (name, said, todo) => {
    const failure = awsFailure(sdkError(name, 400, said));
    expect(failure.todo).toMatch(todo);
    expect(failure.message).not.toContain("Its code is");
  });

  it("does not repeat the text of an error that it does not know", () => {
    expect(awsFailure(sdkError("SomethingNew", 400, "secret=abc")).message).not.toContain("secret");
  });

  it("sees that something is missing", () => {
    expect(isMissing(sdkError("NoSuchEntityException", 404))).toBe(true);
  });
});

describe("calling again", () => {
  async function callsUntilGivenUp(name: string, status: number): Promise<number> {
    let calls = 0;
    const failing = () => {
      calls += 1;
      return Promise.reject(sdkError(name, status));
    };
    await withPatience(failing, { attempts: 3, pause: 1 }).catch(() => undefined);
    return calls;
  }

  it("waits out throttling and concurrent changes", async () => {
    expect(await callsUntilGivenUp("Throttling", 400)).toBe(3);
    expect(await callsUntilGivenUp("ConcurrentModificationException", 409)).toBe(3);
  });

  it("does not try a used-up quota again, nor an unknown outcome", async () => {
    expect(await callsUntilGivenUp("LimitExceededException", 409)).toBe(1);
    expect(await callsUntilGivenUp("ServiceFailureException", 500)).toBe(1);
  });
});
