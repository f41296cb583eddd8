import { managedTag } from "@/lib/iam/portal-policy";
import type { Change, RoleState, Snapshot } from "./change";
import type { Planned } from "./diff";
import { strangersRole } from "./edit";
import { tagsNamed } from "./same";

/** A role that shall go. */
export interface Removal {
  accountId: string;
  partition: string;
  /** With scheme, e.g. https://gitlab.com */
  issuer: string;
  /** What the role's pipelines ask their tokens for. */
  audience: string;
  roleName: string;
  roleArn: string;
  /** Delete the provider too, if nobody else uses it. */
  removeProvider: boolean;
}

/**
 * The changes that take a role away, policies first, as IAM's DeleteRole wants it; before them Trustdesk's tag where it
 * is missing, since AWS denies the rest without. The provider is shared: it stays while any other role in the account
 * trusts it. A role that is gone already leaves an empty list.
 */
export function planRemoval(removal: Removal, snapshot: Snapshot, isOurs: (role: RoleState) => boolean): Planned {
  const { role } = snapshot;
  if (snapshot.accountId !== removal.accountId)
    return {
      ok: false,
      plan: null,
      problems: [
        {
          field: "account",
          reason: `AWS was read in account ${snapshot.accountId}, but the role is in ${removal.accountId}.`,
        },
      ],
    };
  if (role && !isOurs(role)) return { ok: false, plan: null, problems: [strangersRole(role)] };
  return {
    ok: true,
    plan: {
      accountId: removal.accountId,
      roleArn: role?.arn ?? removal.roleArn,
      changes: [...(role ? roleRemoval(role) : []), ...providerRemoval(removal, snapshot)],
    },
  };
}

function roleRemoval(role: RoleState): Change[] {
  const roleName = role.name;
  const inline = Object.entries(role.inlinePolicies).sort(([a], [b]) => (a < b ? -1 : 1));
  const { key, value } = managedTag;
  const held = tagsNamed(role.tags, [key]);
  const untagged = held[key] !== value;
  return [
    ...(untagged
      ? [
          {
            kind: "tag-role" as const,
            roleName,
            before: held,
            after: { [key]: value },
          },
        ]
      : []),
    ...[...role.attachedPolicies]
      .sort()
      .map((policyArn): Change => ({ kind: "detach-policy", roleName, policyArn, before: policyArn, after: null })),
    ...inline.map(
      ([policyName, before]): Change => ({ kind: "delete-inline-policy", roleName, policyName, before, after: null }),
    ),
    {
      kind: "delete-role",
      arn: role.arn,
      roleName,
      before: { uniqueId: role.uniqueId, createdAt: role.createdAt },
      after: null,
    },
  ];
}

function providerRemoval({ removeProvider }: Removal, { provider, providerUsers }: Snapshot): Change[] {
  if (!provider) return [];
  const before = { audiences: provider.audiences };
  if (removeProvider && providerUsers?.length === 0)
    return [{ kind: "delete-provider", arn: provider.arn, before, after: null }];
  return [{ kind: "keep-provider", arn: provider.arn, before, after: before }];
}
