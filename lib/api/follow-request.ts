import { requestIdFrom, requestIdHeader, withLogContext } from "@/lib/log";
import { durations } from "@/lib/metrics";

const requests = durations(
  "trustdesk_http_request_duration_seconds",
  "Requests to the API, by what they came through and how they were answered",
  ["surface", "method", "status"],
);

/**
 * Runs `work` for one request: its id is on every log line until the end and on the jobs that it queues, and is
 * answered as X-Request-Id. `surface` is the door that it came through.
 */
export async function followRequest(
  surface: "rpc" | "rest" | "export" | "sign-in",
  request: Request,
  work: (requestId: string) => Promise<Response>,
): Promise<Response> {
  const requestId = requestIdFrom(request.headers.get(requestIdHeader));
  const stop = requests.startTimer({ surface, method: request.method });
  return withLogContext({ requestId }, async () => {
    try {
      const response = await work(requestId);
      response.headers.set(requestIdHeader, requestId);
      stop({ status: `${Math.floor(response.status / 100)}xx` });
      return response;
    } catch (error) {
      stop({ status: "5xx" });
      throw error;
    }
  });
}
