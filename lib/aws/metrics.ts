import type { IAMClient } from "@aws-sdk/client-iam";
import type { STSClient } from "@aws-sdk/client-sts";
import { durations } from "@/lib/metrics";
import { errorCode, isMissing, isPassing } from "./failure";

const calls = durations(
  "trustdesk_aws_call_duration_seconds",
  "Calls to AWS as they were sent, by operation and outcome",
  ["operation", "outcome"],
);

type Outcome = "ok" | "not-found" | "throttled" | "denied" | "refused" | "failed" | "unreachable";

/** Measures every call of `client`, each try by itself and without what it takes to get credentials. Answers the client. */
export function measured<Client extends IAMClient | STSClient>(client: Client): Client {
  const stack: IAMClient["middlewareStack"] = client.middlewareStack as IAMClient["middlewareStack"];
  stack.add(
    (next, context) => async (args) => {
      const operation = (context.commandName ?? "unknown").replace(/Command$/, "");
      const stop = calls.startTimer();
      try {
        const answer = await next(args);
        stop({ operation, outcome: "ok" });
        return answer;
      } catch (error) {
        stop({ operation, outcome: outcomeOf(error) });
        throw error;
      }
    },
    { step: "deserialize", priority: "high", name: "measured" },
  );
  return client;
}

function outcomeOf(error: unknown): Outcome {
  const status = (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;
  if (isPassing(error)) return "throttled";
  if (isMissing(error)) return "not-found";
  if (errorCode(error) === "AccessDenied") return "denied";
  if (status === undefined) return "unreachable";
  return status >= 500 ? "failed" : "refused";
}
