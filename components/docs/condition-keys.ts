import type { ClaimDefinition } from "@/lib/gitlab-ci/claims";
import { claims } from "@/lib/gitlab-ci/claims";
import type { KeyRow } from "@/lib/iam/key-rows";
import { keyRows } from "@/lib/iam/key-rows";
import { tokenKeys } from "@/lib/iam/keys";

/** A condition key as its page shows it. */
export interface ConditionKey extends Omit<KeyRow, "source"> {
  sources: readonly string[];
}

const providerKeys =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif";
const stsKeys = "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html";

/** What AWS makes keys of for every provider and GitLab's job tokens do not have. */
const ofOtherTokens: Readonly<Record<string, string>> = {
  oaud: "The token's oaud claim; GitLab's job tokens have none.",
  amr: "How the person signed in; GitLab's job tokens have none.",
  email: "The token's email claim; GitLab's job tokens have none.",
};

/** The keys that AWS reads from a token of gitlab.com, then AWS's own. */
export const conditionKeys: readonly ConditionKey[] = [
  ...tokenKeys("https://gitlab.com").map((name): ConditionKey => {
    const claim = claimNamed(name);
    return {
      key: `gitlab.com:${name}`,
      knowledge: claim ? { is: "token", claim: name } : { is: "absent" },
      meaning: claim ? `${claim.meaning}.` : (ofOtherTokens[name] ?? ""),
      sources: claim?.awsConditionKey ? [stsKeys] : [providerKeys],
    };
  }),
  ...keyRows.map(({ source, ...row }) => ({ ...row, sources: [source] })),
];

/** The claim of that name; undefined where GitLab's job tokens have none. */
function claimNamed(name: string): ClaimDefinition | undefined {
  return claims.find((claim) => claim.name === name);
}

/** What the key is in a pipeline's call, in two or three words. */
export function knowledgeWords({ knowledge }: Pick<ConditionKey, "knowledge">): string {
  switch (knowledge.is) {
    case "token":
      return "In the token";
    case "fixed":
      return `Always ${knowledge.value}`;
    case "absent":
      return "Never there";
    case "optional":
      return "There or not";
    case "chosen":
      return "The job chooses";
    case "time":
      return "The moment";
    case "the provider's":
      return knowledge.part === "ARN" ? "The provider's ARN" : "The account";
    case "undocumented":
      return "Not documented";
  }
}

/** What a condition on the key does in a trust policy, in sentences. */
export function effectWords({ knowledge }: Pick<ConditionKey, "knowledge">): string {
  switch (knowledge.is) {
    case "token":
      return "A condition on it holds a pipeline to what its token says.";
    case "fixed":
      return `A condition that takes ${knowledge.value} always holds, and any other never does: it tells no two pipelines apart.`;
    case "absent":
      return "A condition on it never holds for a pipeline. With …IfExists, ForAllValues or a negated operator it always does, and guards nothing.";
    case "optional":
      return "No token says it before the job runs. Where it decides, Trustdesk answers neither in nor out, but that it cannot be told, and when.";
    case "chosen":
      return "Whoever writes the job writes the value, so a condition on it keeps nobody out.";
    case "time":
      return "A condition on it holds at some times and not at others: Trustdesk asks at the moment of looking.";
    case "the provider's":
      return "It is the same for every pipeline that comes by this provider: a condition on it tells no two of them apart.";
    case "undocumented":
      return "AWS's pages name the key and do not say whether such a call has it. Trustdesk takes it for neither.";
  }
}
