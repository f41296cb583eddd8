import type { Change, RoleState } from "@/lib/plan/change";
import type { ApplyStage, Prepared } from "./apply-stage";
import { allowing, firstDocument, trusting, unwanted, wanted } from "./requests-in-line";

/** A kind of plan: what it starts from, and what must be so once it is applied. */
export interface Scenario {
  what: string;
  prepare: (stage: ApplyStage, name: string) => Promise<Prepared>;
  /** The calls, in order. */
  calls: Change["kind"][];
  /** Steps that need no call. */
  unchanged?: number;
  asked: string;
  recorded: ("role-recorded" | "role-removed")[];
  /** The role's version afterwards; null where none is recorded any more. */
  version: number | null;
  /** What AWS must hold of the role afterwards; null for nothing. */
  live: Partial<RoleState> | null;
}

const boundary = "arn:aws:iam::777788889999:policy/edge";
const first = ({ live }: { live: RoleState }) => ({ uniqueId: live.uniqueId, baseVersion: 1 });
/** A role document that differs from the first in everything that can differ. */
export const other = (name: string) => ({
  ...firstDocument(name),
  trustPolicy: trusting("project_path:acme/web:ref:release"),
  description: "second",
  maxSessionSeconds: 7200,
  boundaryArn: boundary,
  tags: { "trustdesk:managed": "true", "trustdesk:owner": "dora" },
  inlinePolicies: { deploy: allowing("s3:*"), extra: allowing("ecr:*") },
  attachedPolicies: ["arn:aws:iam::aws:policy/Second"],
});
const firstLive = {
  description: "first",
  boundaryArn: null,
  inlinePolicies: { deploy: allowing("s3:GetObject"), old: allowing("s3:ListBucket") },
  attachedPolicies: ["arn:aws:iam::aws:policy/First"],
};
const secondLive = {
  description: "second",
  maxSessionSeconds: 7200,
  boundaryArn: boundary,
  inlinePolicies: { deploy: allowing("s3:*"), extra: allowing("ecr:*") },
  attachedPolicies: ["arn:aws:iam::aws:policy/Second"],
};
const makeRole = [
  "create-role",
  "put-inline-policy",
  "put-inline-policy",
  "attach-policy",
] as const satisfies Change["kind"][];
const clearRole = [
  "detach-policy",
  "delete-inline-policy",
  "delete-inline-policy",
  "delete-role",
] as const satisfies Change["kind"][];

export const scenarios: Scenario[] = [
  {
    what: "a new role",
    calls: ["create-provider", ...makeRole],
    asked: "role-request-submitted",
    recorded: ["role-recorded"],
    version: 1,
    live: firstLive,
    prepare: (_stage, name) =>
      Promise.resolve({ goal: { kind: "create", desired: wanted(firstDocument(name)), continues: [] } }),
  },
  {
    what: "a change of everything",
    asked: "role-change-requested",
    recorded: ["role-recorded"],
    version: 2,
    live: secondLive,
    unchanged: 1,
    calls: [
      "tag-role",
      "put-boundary",
      "update-trust",
      "detach-policy",
      "put-inline-policy",
      "put-inline-policy",
      "delete-inline-policy",
      "attach-policy",
      "update-role",
    ],
    prepare: async (stage, name) => {
      const made = await stage.recordedRole(name);
      return { goal: { kind: "edit", desired: wanted(other(name)), ...first(made), continues: [] }, roleId: made.id };
    },
  },
  {
    what: "our version put back over a drifted role",
    asked: "role-restore-requested",
    recorded: ["role-recorded"],
    version: 2,
    live: firstLive,
    calls: ["add-audience", "delete-boundary", "update-trust", "put-inline-policy"],
    prepare: async (stage, name) => {
      const made = await stage.recordedRole(name);
      Object.assign(made.live, {
        boundaryArn: boundary,
        trustPolicy: trusting("*"),
        inlinePolicies: { ...made.live.inlinePolicies, deploy: allowing("*") },
      });
      if (stage.aws.held.provider) stage.aws.held.provider.audiences = ["another"];
      return {
        goal: { kind: "restore", desired: wanted(firstDocument(name)), ...first(made), continues: [] },
        roleId: made.id,
      };
    },
  },
  {
    what: "our version put back where the role is gone",
    calls: [...makeRole],
    unchanged: 1,
    asked: "role-restore-requested",
    recorded: ["role-recorded"],
    version: 2,
    live: firstLive,
    prepare: async (stage, name) => {
      const made = await stage.recordedRole(name);
      stage.aws.held.roles.delete(name);
      return {
        goal: { kind: "restore", desired: wanted(firstDocument(name)), ...first(made), continues: [] },
        roleId: made.id,
      };
    },
  },
  {
    what: "our version put back where only the account's provider is gone",
    calls: ["create-provider"],
    asked: "role-restore-requested",
    recorded: ["role-recorded"],
    version: 2,
    live: firstLive,
    prepare: async (stage, name) => {
      const made = await stage.recordedRole(name);
      stage.aws.held.provider = null;
      return {
        goal: { kind: "restore", desired: wanted(firstDocument(name)), ...first(made), continues: [] },
        roleId: made.id,
      };
    },
  },
  {
    what: "AWS's version taken over",
    calls: [],
    unchanged: 1,
    asked: "role-adoption-requested",
    recorded: ["role-recorded"],
    version: 2,
    live: { description: "theirs" },
    prepare: async (stage, name) => {
      const made = await stage.recordedRole(name);
      made.live.description = "theirs";
      return {
        goal: {
          kind: "adopt",
          desired: wanted({ ...firstDocument(name), description: "theirs" }),
          ours: firstDocument(name),
          ...first(made),
        },
        roleId: made.id,
      };
    },
  },
  {
    what: "a removal that keeps the provider",
    calls: [...clearRole],
    unchanged: 1,
    asked: "role-removal-requested",
    recorded: ["role-removed"],
    version: null,
    live: null,
    prepare: async (stage, name) => {
      const made = await stage.recordedRole(name);
      return { goal: { kind: "remove", ...unwanted(name, false), ...first(made), continues: [] }, roleId: made.id };
    },
  },
  {
    what: "a removal with the provider",
    calls: [...clearRole, "delete-provider"],
    asked: "role-removal-requested",
    recorded: ["role-removed"],
    version: null,
    live: null,
    prepare: async (stage, name) => {
      const made = await stage.recordedRole(name);
      return { goal: { kind: "remove", ...unwanted(name, true), ...first(made), continues: [] }, roleId: made.id };
    },
  },
  {
    what: "the undo of a failed apply",
    calls: ["delete-inline-policy", "delete-role", "delete-provider"],
    asked: "role-undo-requested",
    recorded: [],
    version: null,
    live: null,
    prepare: async (stage, name) => {
      const originId = await stage.halfMade(name);
      return { goal: { kind: "undo", ...unwanted(name, true), continues: [originId] }, originId };
    },
  },
  {
    what: "another try that goes on with a half-made role",
    calls: ["put-inline-policy", "attach-policy"],
    unchanged: 1,
    asked: "role-request-submitted",
    recorded: ["role-recorded"],
    version: 1,
    live: firstLive,
    prepare: async (stage, name) => {
      const originId = await stage.halfMade(name);
      return { goal: { kind: "create", desired: wanted(firstDocument(name)), continues: [originId] }, originId };
    },
  },
];

/** The scenario of this name. */
export function scenarioOf(what: string): Scenario {
  const found = scenarios.find((scenario) => scenario.what === what);
  if (!found) throw new Error(`No scenario ${what}`);
  return found;
}
