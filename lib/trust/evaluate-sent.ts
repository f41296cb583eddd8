import type { Clock } from "@/lib/clock";
import type { TokenReport } from "@/lib/judgement/token-report";
import { reportToken } from "@/lib/judgement/token-report";
import type { EvaluateInput } from "./schema";
import { readPolicySent, readTokenSent } from "./sent-document";

/** Asks a trust about a token, as `trustdesk evaluate` does. */
export function evaluateSent({ trust, token, providerAudiences }: EvaluateInput, clock: Clock): TokenReport {
  const source = readPolicySent("trust", trust);
  const { claims, notes } = readTokenSent("token", token);
  const report = reportToken({
    trust: source.policy,
    claims,
    providerAudiences: providerAudiences ?? null,
    at: clock.now(),
  });
  const doubled = source.lost.map(({ path }) => `${path} stands twice in the trust; the last one was read.`);
  return { ...report, notes: [...source.notes, ...doubled, ...notes, ...report.notes] };
}
