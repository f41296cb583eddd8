import type { AwsReader } from "@/lib/aws/reader";
import type { AwsWriter } from "@/lib/aws/writer";
import { applyTag } from "@/lib/aws/writer";
import { systemClock } from "@/lib/clock";
import type { Change, ProviderState, RoleState } from "@/lib/plan/change";

/** What the process does around a call: dies before it, dies after its effect, or lets it pass. */
type Around = (change: Change, when: "before" | "after") => void | Promise<void>;

/** One AWS account as reader and writer see it, in memory: for what happens between two calls. */
export function awsAccountInMemory() {
  const held: { provider: ProviderState | null; roles: Map<string, RoleState>; calls: string[]; around: Around } = { provider: null, roles: new Map(), calls: [], around: () => undefined };
  const quotas = { trustPolicy: 2048, inlinePolicies: 10_240, roles: 1000, rolesUsed: 1, providers: 100, providersUsed: 0 };
  const reader: AwsReader = {
    readSnapshot: ({ accountId, roleName, boundaryArn }) =>
      Promise.resolve(structuredClone({ accountId, callerArn: null, provider: held.provider, role: held.roles.get(roleName) ?? null, boundary: boundaryArn ? ("exists" as const) : ("none" as const), quotas, readAt: systemClock.now().toISOString() })),
  };
  const writer: AwsWriter = {
    perform: async (change, requestId) => {
      await held.around(change, "before");
      held.calls.push(change.kind);
      take(held, change, requestId);
      await held.around(change, "after");
      return { awsRequestId: `aws-${held.calls.length}` };
    },
  };
  return { held, reader, writer };
}

/** The error that the SDK throws for a refusal of AWS. */
export function refusalOfAws(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error(`${name} as AWS words it`), { name, $fault: "client", $metadata: { httpStatusCode, requestId: "aws-refused" } });
}

function take(held: { provider: ProviderState | null; roles: Map<string, RoleState> }, change: Change, requestId: string): void {
  switch (change.kind) {
    case "create-provider":
      if (held.provider) throw refusalOfAws("EntityAlreadyExistsException", 409);
      held.provider = { arn: change.arn, url: "gitlab.com", audiences: [...change.audiences], thumbprints: ["a".repeat(40)] };
      return;
    case "add-audience":
      held.provider?.audiences.push(change.audience);
      return;
    case "create-role":
      if (held.roles.has(change.after.name)) throw refusalOfAws("EntityAlreadyExistsException", 409);
      held.roles.set(change.after.name, roleMade(change, requestId));
      return;
    case "put-inline-policy": {
      const role = held.roles.get(change.roleName);
      if (!role) throw refusalOfAws("NoSuchEntityException", 404);
      role.inlinePolicies[change.policyName] = change.after;
      return;
    }
    case "keep-provider":
      return;
  }
}

function roleMade({ arn, after }: Extract<Change, { kind: "create-role" }>, requestId: string): RoleState {
  return { ...after, arn, uniqueId: "AROAEXAMPLE", tags: { ...after.tags, [applyTag]: requestId }, createdAt: "2026-11-22T12:00:00.000Z", lastUsedAt: null, inlinePolicies: {}, attachedPolicies: [] };
}
