import { createHash, timingSafeEqual } from "node:crypto";
import { collectDefaultMetrics, Gauge, Histogram, Registry, register } from "prom-client";

/** Seconds; from a cached read to a call that a timeout ends. */
const secondsBuckets = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * A histogram of durations in seconds, one per process and name. Labels hold words of ours only (an operation, a class of outcome):
 * an id, a path or a token there would be a new series each, and be told to whoever reads metrics.
 */
export function durations<Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
): Histogram<Label> {
  // The web's bundles each hold a copy of this module; the registry is the process's own.
  const known = register.getSingleMetric(name) as Histogram<Label> | undefined;
  return known ?? new Histogram({ name, help, labelNames: [...labelNames], buckets: secondsBuckets });
}

/** What this process has measured, with Node's own figures, in Prometheus's text format. */
export async function processMetrics(): Promise<string> {
  if (!register.getSingleMetric("process_cpu_seconds_total")) collectDefaultMetrics();
  return register.metrics();
}

export type MakeGauge = <Label extends string = never>(
  name: string,
  help: string,
  labelNames?: Label[],
) => Gauge<Label>;

/** Numbers of one moment in the same format. Nothing is kept: a state that nobody is in any more leaves no number behind. */
export async function momentaryMetrics(fill: (gauge: MakeGauge) => void): Promise<string> {
  const registry = new Registry();
  fill((name, help, labelNames = []) => new Gauge({ name, help, labelNames, registers: [registry] }));
  return registry.metrics();
}

/** Of the text that metrics are answered in. */
export const metricsContentType = register.contentType;

interface MetricsRefusal {
  /** 404 where no token is set: then there are no metrics. */
  status: 401 | 404;
  reason: string;
}

/** Why whoever sends `authorization` may not read the metrics that `token` guards; null when they may. */
export function metricsRefusal(authorization: string | null | undefined, token: string | null): MetricsRefusal | null {
  if (token === null) return { status: 404, reason: "There are no metrics here: TRUSTDESK_METRICS_TOKEN is not set." };
  const given = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  if (given === undefined)
    return { status: 401, reason: "Send the metrics token: Authorization: Bearer <TRUSTDESK_METRICS_TOKEN>." };
  return timingSafeEqual(sha256(given), sha256(token))
    ? null
    : { status: 401, reason: "This is not the metrics token of this Trustdesk." };
}

/** Digests are equally long, so that a comparison tells nothing of the token's length either. */
function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
