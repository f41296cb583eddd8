import { managedTag } from "@/lib/iam/portal-policy";
import type { Change, Plan, RoleDocument, RoleState, Snapshot } from "./change";
import type { DesiredRole, Planned } from "./diff";
import { arnOf, limitProblems, planRole, providerChanges } from "./diff";
import { sameJson } from "./digest";
import { samePolicyOrNone, tagsNamed } from "./same";

/**
 * The changes that turn the role in AWS into the wanted one. `isOurs` tells the role that was recorded from a
 * stranger's of the same name. Tags of other tools, and whatever else the document says nothing about, are left alone.
 * The trust comes before the permissions, so that nobody new is let in to the old ones for longer than a moment.
 */
export function planEdit(desired: DesiredRole, snapshot: Snapshot, isOurs: (role: RoleState) => boolean): Planned {
  const { role: live } = snapshot;
  if (!live)
    return {
      ok: false,
      plan: null,
      problems: [
        {
          field: "roleName",
          reason: `AWS holds no role named ${desired.role.name} any more: put ours back first, or remove it from Trustdesk.`,
        },
      ],
    };
  if (!isOurs(live)) return { ok: false, plan: null, problems: [strangersRole(live)] };
  const plan: Plan = {
    accountId: desired.accountId,
    roleArn: live.arn,
    changes: [...providerChanges(desired, snapshot), ...changesOfOwn(live, desired.role)],
  };
  const problems = limitProblems(desired, snapshot);
  return problems.length === 0 ? { ok: true, plan } : { ok: false, problems, plan };
}

/** Where anything is changed, the tag that lets Trustdesk do so is put back too, also where the record knows the role without it. */
function changesOfOwn(live: RoleState, wanted: RoleDocument): Change[] {
  const changes = changesBetween(live, wanted);
  return changes.length === 0
    ? changes
    : changesBetween(live, { ...wanted, tags: { ...wanted.tags, [managedTag.key]: managedTag.value } });
}

/** The same, and a role that is gone is made again. */
export function planRestore(desired: DesiredRole, snapshot: Snapshot, isOurs: (role: RoleState) => boolean): Planned {
  return snapshot.role ? planEdit(desired, snapshot, isOurs) : planRole(desired, snapshot);
}

/** What was shown of AWS's role, and what was recorded of it before. */
interface Adoption {
  desired: DesiredRole;
  ours: RoleDocument;
  uniqueId: string | null;
}

/** Takes what AWS holds as ours, be it the role that was recorded or another of its name: the plan says which. */
export function planAdoption({ desired: shown, ours, uniqueId }: Adoption, { role: live }: Snapshot): Planned {
  if (!live)
    return {
      ok: false,
      plan: null,
      problems: [{ field: "roleName", reason: `AWS holds no role named ${shown.role.name} any more.` }],
    };
  const change: Change = {
    kind: "adopt-role",
    arn: live.arn,
    uniqueId: { before: uniqueId, after: live.uniqueId },
    before: ours,
    after: documentOf(live),
  };
  return { ok: true, plan: { accountId: shown.accountId, roleArn: arnOf(shown), changes: [change] } };
}

/** A role that AWS holds, as a document of ours: without what identifies it, and with Trustdesk's own tags only. */
export function documentOf({
  name,
  path,
  trustPolicy,
  description,
  maxSessionSeconds,
  boundaryArn,
  tags,
  inlinePolicies,
  attachedPolicies,
}: RoleState): RoleDocument {
  return {
    name,
    path,
    trustPolicy,
    description,
    maxSessionSeconds,
    boundaryArn,
    tags: tagsNamed(tags, recordedTags),
    inlinePolicies,
    ...(attachedPolicies.length === 0 ? {} : { attachedPolicies: [...attachedPolicies].sort() }),
  };
}

const recordedTags: readonly string[] = [managedTag.key, "trustdesk:project-id", "trustdesk:owner"];

/** A change of a role that is there; making or removing it, taking it over, and its provider are others. */
export type OwnChange = Extract<
  Change,
  {
    kind:
      | "tag-role"
      | "put-boundary"
      | "delete-boundary"
      | "update-trust"
      | "put-inline-policy"
      | "delete-inline-policy"
      | "attach-policy"
      | "detach-policy"
      | "update-role";
  }
>;

/** What has to happen in AWS so that `live` becomes `wanted`, in the order in which it is safe: without Trustdesk's tag AWS denies the rest. */
export function changesBetween(live: RoleState, wanted: RoleDocument): OwnChange[] {
  const roleName = live.name;
  const changes: (OwnChange | null)[] = [
    tagChange(live, wanted),
    boundaryChange(live, wanted),
    samePolicyOrNone(live.trustPolicy, wanted.trustPolicy)
      ? null
      : { kind: "update-trust", roleName, before: live.trustPolicy, after: wanted.trustPolicy },
    ...policyChanges(live, wanted),
    settingsChange(live, wanted),
  ];
  return changes.filter((change) => change !== null);
}

function boundaryChange(
  { name: roleName, boundaryArn: before }: RoleState,
  { boundaryArn: after }: RoleDocument,
): OwnChange | null {
  if (before === after) return null;
  if (after !== null) return { kind: "put-boundary", roleName, before, after };
  return before === null ? null : { kind: "delete-boundary", roleName, before, after };
}

function policyChanges(live: RoleState, wanted: RoleDocument): OwnChange[] {
  const roleName = live.name;
  const attached = wanted.attachedPolicies ?? [];
  const names = Object.keys({ ...live.inlinePolicies, ...wanted.inlinePolicies }).sort();
  return [
    ...live.attachedPolicies
      .filter((arn) => !attached.includes(arn))
      .sort()
      .map((policyArn): OwnChange => ({ kind: "detach-policy", roleName, policyArn, before: policyArn, after: null })),
    ...names.flatMap((policyName): OwnChange[] => {
      const before = live.inlinePolicies[policyName] ?? null;
      const after = wanted.inlinePolicies[policyName] ?? null;
      if (samePolicyOrNone(before, after)) return [];
      if (after !== null) return [{ kind: "put-inline-policy", roleName, policyName, before, after }];
      return before === null ? [] : [{ kind: "delete-inline-policy", roleName, policyName, before, after }];
    }),
    ...attached
      .filter((arn) => !live.attachedPolicies.includes(arn))
      .sort()
      .map((policyArn): OwnChange => ({ kind: "attach-policy", roleName, policyArn, before: null, after: policyArn })),
  ];
}

function settingsChange(live: RoleState, wanted: RoleDocument): OwnChange | null {
  const [before, after] = [live, wanted].map(({ description, maxSessionSeconds }) => ({
    description,
    maxSessionSeconds,
  }));
  return !before || !after || sameJson(before, after)
    ? null
    : { kind: "update-role", roleName: live.name, before, after };
}

function tagChange(live: RoleState, wanted: RoleDocument): OwnChange | null {
  const held = tagsNamed(live.tags, Object.keys(wanted.tags));
  const different = Object.entries(wanted.tags).filter(([key, value]) => held[key] !== value);
  if (different.length === 0) return null;
  const keys = different.map(([key]) => key);
  return {
    kind: "tag-role",
    roleName: live.name,
    before: tagsNamed(held, keys),
    after: Object.fromEntries(different),
  };
}

/** Why a role of the right name is not touched. */
export function strangersRole({ name, arn, createdAt }: RoleState): {
  field: "roleName";
  reason: string;
  roleArn: string;
} {
  return {
    field: "roleName",
    reason: `The role ${name} in AWS is another one than Trustdesk recorded: it was made on ${createdAt.slice(0, 10)} by somebody else. Trustdesk does not touch it: take AWS's version first, if it is meant to be the role, or delete it in AWS.`,
    roleArn: arn,
  };
}
