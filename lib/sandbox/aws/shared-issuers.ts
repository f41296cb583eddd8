import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { listOf } from "@/lib/iam/policy-schema";

const turbonomicPaths = [
  "22ejnvnnturfmt6km08idd0nt4hekbn7",
  "23e3sd27sju1hoou6ohfs68vbno607tr",
  "23ne21h005qjl3n33d8dui5dlrmv2tmg",
  "24jrf12m5dj7ljlfb4ta2frhrcoadm26",
];
const subIssuers = [
  "gitlab.com",
  "vstoken.actions.githubusercontent.com",
  "oidc-configuration.audit-log.githubusercontent.com",
  "app.terraform.io",
  "scalr.io",
  "proidc.upbound.io",
  "tokens.cloud.shisho.dev",
  "agent.buildkite.com",
  "oidc.codefresh.io",
  "studio.datachain.ai/api",
  "oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb",
  "oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu",
  ...turbonomicPaths.map((path) => `rh-oidc.s3.us-east-1.amazonaws.com/${path}`),
];
const audIssuers = ["api.pulumi.com/oidc", "sandboxes.cloud", "oidc.vercel.com", "cognito-identity.amazonaws.com"];

/**
 * The issuers that many tenants share, with the condition keys of which a trust policy must evaluate one.
 * Source: IAM user guide, "Identity-provider controls for shared OIDC providers".
 */
const requiredKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ...subIssuers.map((issuer): [string, string[]] => [issuer, [`${issuer}:sub`]]),
  ...audIssuers.map((issuer): [string, string[]] => [issuer, [`${issuer}:aud`]]),
  [
    "token.actions.githubusercontent.com",
    ["token.actions.githubusercontent.com:sub", "token.actions.githubusercontent.com:job_workflow_ref"],
  ],
  ["sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d", ["sts:RoleSessionName"]],
]);

const webIdentityActions = new Set(["sts:assumerolewithwebidentity", "sts:*", "*"]);

/** AWS's sentence when an Allow of web identity for a shared issuer is not scoped, else null. Each statement stands alone. */
export function sharedIssuerProblem({ Effect, Action, Principal, Condition = {} }: PolicyStatement): string | null {
  if (Effect !== "Allow" || typeof Principal !== "object") return null;
  if (!listOf(Action).some((action) => webIdentityActions.has(action.toLowerCase()))) return null;
  for (const principal of listOf(Principal["Federated"])) {
    const keys = requiredKeys.get(principal.split(":oidc-provider/")[1] ?? "");
    if (keys && !isScoped(Condition, keys))
      return `Trust policy with trusted principal ${principal} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys.join(" or ")} which is not scoped to all.`;
  }
  return null;
}

/** One block with a counted operator and no value `*` is enough; `IfExists`, negations and `Null` do not count. */
function isScoped(condition: NonNullable<PolicyStatement["Condition"]>, keys: readonly string[]): boolean {
  const wanted = keys.map((key) => key.toLowerCase());
  return Object.entries(condition).some(([operator, block]) => {
    if (!/^(ForAnyValue:|ForAllValues:)?(StringEquals|StringEqualsIgnoreCase|StringLike)$/.test(operator)) return false;
    return Object.entries(block).some(
      ([key, values]) => wanted.includes(key.toLowerCase()) && !listOf(values).some((value) => isAll(key, value)),
    );
  });
}

function isAll(key: string, value: string): boolean {
  return (
    value === "*" ||
    (key.toLowerCase().startsWith("token.actions.githubusercontent.com:") &&
      (value.trim() === "" || value.startsWith("*")))
  );
}
