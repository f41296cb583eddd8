import type { AwsReader } from "@/lib/aws/reader";
import type { AwsWriter } from "@/lib/aws/writer";
import { systemClock } from "@/lib/clock";
import type { Change, ProviderState, RoleState } from "@/lib/plan/change";
import { applyTag } from "@/lib/plan/change";

/** What the process does around a call: dies before it, dies after its effect, or lets it pass. */
type Around = (change: Change, when: "before" | "after") => void | Promise<void>;

interface Held {
  provider: ProviderState | null;
  roles: Map<string, RoleState>;
  /** Kinds of the changes that were asked for, refused ones included. */
  calls: Change["kind"][];
  around: Around;
}

type OnRole = Exclude<Extract<Change, { roleName: string }>, { kind: "delete-role" }>;

/** One AWS account as reader and writer see it, in memory: for what happens between two calls. */
export function awsAccountInMemory() {
  const held: Held = { provider: null, roles: new Map(), calls: [], around: () => undefined };
  const quotas = {
    trustPolicy: 2048,
    inlinePolicies: 10_240,
    roles: 1000,
    rolesUsed: 1,
    providers: 100,
    providersUsed: 0,
  };
  const reader: AwsReader = {
    readSnapshot: ({ accountId, roleName, boundaryArn, withProviderUsers }) => {
      const users = withProviderUsers ? { providerUsers: usersOf(held).filter((name) => name !== roleName) } : {};
      const boundary = boundaryArn ? ("exists" as const) : ("none" as const);
      return Promise.resolve(
        structuredClone({
          accountId,
          callerArn: null,
          provider: held.provider,
          role: held.roles.get(roleName) ?? null,
          boundary,
          quotas,
          ...users,
          readAt: systemClock.now().toISOString(),
        }),
      );
    },
  };
  const writer: AwsWriter = {
    perform: async (change, requestId) => {
      await held.around(change, "before");
      held.calls.push(change.kind);
      take(held, structuredClone(change), requestId);
      await held.around(change, "after");
      return { awsRequestId: `aws-${held.calls.length}` };
    },
  };
  return { held, reader, writer };
}

/** The error that the SDK throws for a refusal of AWS. */
export function refusalOfAws(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error(`${name} as AWS words it`), {
    name,
    $fault: "client",
    $metadata: { httpStatusCode, requestId: "aws-refused" },
  });
}

const missing = () => refusalOfAws("NoSuchEntityException", 404);

function usersOf({ provider, roles }: Held): string[] {
  return provider
    ? [...roles.values()]
        .filter(({ trustPolicy }) => JSON.stringify(trustPolicy).includes(provider.arn))
        .map(({ name }) => name)
    : [];
}

/** As IAM does it, with its refusals. */
function take(held: Held, change: Change, requestId: string): void {
  switch (change.kind) {
    case "create-provider":
      if (held.provider) throw refusalOfAws("EntityAlreadyExistsException", 409);
      held.provider = {
        arn: change.arn,
        url: "gitlab.com",
        audiences: [...change.audiences],
        thumbprints: ["a".repeat(40)],
      };
      return;
    case "add-audience":
      if (!held.provider) throw missing();
      held.provider.audiences = [...new Set([...held.provider.audiences, change.audience])];
      return;
    case "delete-provider":
      if (!held.provider) throw missing();
      held.provider = null;
      return;
    case "create-role":
      if (held.roles.has(change.after.name)) throw refusalOfAws("EntityAlreadyExistsException", 409);
      held.roles.set(change.after.name, roleMade(change, requestId, held.calls.length));
      return;
    case "delete-role": {
      const role = roleNamed(held, change.roleName);
      if (Object.keys(role.inlinePolicies).length + role.attachedPolicies.length > 0)
        throw refusalOfAws("DeleteConflictException", 409);
      held.roles.delete(change.roleName);
      return;
    }
    case "keep-provider":
    case "adopt-role":
      throw new Error(`${change.kind} makes no call`);
    default:
      changeRole(roleNamed(held, change.roleName), change);
  }
}

function changeRole(role: RoleState, change: OnRole): void {
  switch (change.kind) {
    case "put-inline-policy":
      role.inlinePolicies[change.policyName] = change.after;
      return;
    case "delete-inline-policy":
      if (!Object.hasOwn(role.inlinePolicies, change.policyName)) throw missing();
      role.inlinePolicies = Object.fromEntries(
        Object.entries(role.inlinePolicies).filter(([name]) => name !== change.policyName),
      );
      return;
    case "attach-policy":
      role.attachedPolicies = [...new Set([...role.attachedPolicies, change.policyArn])];
      return;
    case "detach-policy":
      if (!role.attachedPolicies.includes(change.policyArn)) throw missing();
      role.attachedPolicies = role.attachedPolicies.filter((arn) => arn !== change.policyArn);
      return;
    case "update-trust":
      role.trustPolicy = change.after;
      return;
    case "update-role":
      Object.assign(role, change.after);
      return;
    case "tag-role":
      Object.assign(role.tags, change.after);
      return;
    case "put-boundary":
    case "delete-boundary":
      if (role.boundaryArn === null && change.after === null) throw missing();
      role.boundaryArn = change.after;
  }
}

function roleNamed({ roles }: Held, name: string): RoleState {
  const role = roles.get(name);
  if (!role) throw missing();
  return role;
}

/** Every role that is made has an id of its own, as in AWS. */
function roleMade(
  { arn, after }: Extract<Change, { kind: "create-role" }>,
  requestId: string,
  number: number,
): RoleState {
  return {
    ...after,
    arn,
    uniqueId: `AROAEXAMPLE${number}`,
    tags: { ...after.tags, [applyTag]: requestId },
    createdAt: "2026-11-22T12:00:00.000Z",
    lastUsedAt: null,
    inlinePolicies: {},
    attachedPolicies: [],
  };
}
