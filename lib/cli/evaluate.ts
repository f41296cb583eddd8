import { parseArgs } from "node:util";
import { reportToken } from "@/lib/judgement/token-report";
import { policyFile, saidOf, tokenFile } from "./documents";
import type { Io, Outcome } from "./io";
import { Unusable, worstOf } from "./io";
import { optionsOf, perFile } from "./run";

export const evaluateUsage = `trustdesk evaluate --trust FILE --token FILE [--provider-audiences a,b]

Says whether AWS lets a GitLab token assume a role with this trust policy, and why.

  --trust FILE                the trust policy; - is stdin
  --token FILE                a JWT, or its claims as a JSON object; - is stdin.
                              Its signature and expiry are not checked.
  --provider-audiences a,b    what AWS's OIDC provider is registered with; else any audience counts

Both may be given several times: each token is asked about each trust, one line of JSON each.

  { "trust", "token", "allowed": true | false | null, "explanation": [...], "notes": [...] }

allowed is null where it cannot be told.
Exit code: 0 allowed, 3 denied, 4 untold, 2 unusable input; of several the worst: 2, 3, 4, 0.`;

const options = {
  trust: { type: "string", multiple: true },
  token: { type: "string", multiple: true },
  "provider-audiences": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** `trustdesk evaluate`. */
export async function evaluate(args: readonly string[], io: Io): Promise<Outcome> {
  const values = optionsOf(() => {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 0) throw new Unusable("evaluate takes no arguments beside its options.");
    return values;
  }, "evaluate");
  if (values.help) return { out: `${evaluateUsage}\n`, complaints: [], code: 0 };
  const { trust: trusts = [], token: tokens = [] } = values;
  if (trusts.length === 0) throw new Unusable("evaluate needs --trust FILE.");
  if (tokens.length === 0) throw new Unusable("evaluate needs --token FILE.");
  const providerAudiences = audiencesIn(values["provider-audiences"]);
  const readTrusts = await perFile(trusts, (name) => policyFile(io, name));
  const readTokens = await perFile(tokens, (name) => tokenFile(io, name));
  const reports = readTrusts.read.flatMap((trust) =>
    readTokens.read.map((token) => {
      const report = reportToken({ trust: trust.policy, claims: token.claims, providerAudiences, at: io.now() });
      return {
        trust: trust.file,
        token: token.file,
        ...report,
        notes: [...saidOf(trust), ...token.notes, ...report.notes],
      };
    }),
  );
  const complaints = [...readTrusts.complaints, ...readTokens.complaints];
  const codes = reports.map(({ allowed }) => (allowed === null ? 4 : allowed ? 0 : 3));
  return {
    out: reports.map((report) => `${JSON.stringify(report)}\n`).join(""),
    complaints,
    code: worstOf([...codes, ...complaints.map(() => 2)], [2, 3, 4]),
  };
}

function audiencesIn(list: string | undefined): string[] | null {
  if (list === undefined) return null;
  const audiences = list.split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));
  if (audiences.length === 0) throw new Unusable("--provider-audiences names no audience.");
  return audiences;
}
