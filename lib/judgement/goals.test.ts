import { describe, expect, it } from "vitest";
import type { Finding } from "@/lib/findings/finding";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { Plan, ProviderState, RoleDocument, RoleState, Snapshot } from "@/lib/plan/change";
import type { Goal } from "@/lib/plan/goal";
import { judgementDigest } from "./digest";
import { judgeHeld } from "./held";
import { judgeGoal } from "./judge-goal";
import type { Judgement } from "./judgement";
import { keptJudgement } from "./kept";
import type { LiveProject } from "./project";
import { componentsShown } from "./project";

const audience = "https://sts.amazonaws.com";
const arn = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const ref = (name: string): GitRef => ({
  name,
  type: "branch",
  protected: true,
  default: name === "main",
  pushedAt: null,
  whoMayPush: "maintainers",
});
const live: LiveProject = {
  view: {
    projectId: 42,
    path: "acme/web",
    namespaceId: 7,
    namespacePath: "acme",
    components: ["project_path", "ref_type", "ref"],
    componentsReason: null,
  },
  refs: [ref("main"), ref("old"), ref("theirs")],
};

/** A role that lets one branch in. */
function roleFor(branch: string): RoleDocument {
  return {
    name: "deploy",
    path: "/",
    trustPolicy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: arn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "gitlab.com:aud": audience,
              "gitlab.com:project_id": "42",
              "gitlab.com:sub": `project_path:acme/web:ref_type:branch:ref:${branch}`,
            },
          },
        },
      ],
    },
    description: "",
    maxSessionSeconds: 3600,
    boundaryArn: null,
    tags: {},
    inlinePolicies: {},
  };
}

const inAws: RoleState = {
  ...roleFor("old"),
  arn: "arn:aws:iam::111122223333:role/deploy",
  uniqueId: "AROA1",
  createdAt: "",
  lastUsedAt: "2026-11-20T08:00:00Z",
  attachedPolicies: [],
};
const provider: ProviderState = { arn, url: "gitlab.com", audiences: [audience], thumbprints: [] };

function snapshotOf(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    accountId: "111122223333",
    callerArn: null,
    provider,
    role: inAws,
    boundary: "none",
    quotas: { trustPolicy: 2048, inlinePolicies: 10_240, roles: 9, rolesUsed: 1, providers: 9, providersUsed: 1 },
    readAt: "",
    ...changes,
  };
}

const place = { accountId: "111122223333", partition: "aws", issuer: "https://gitlab.com", audience };
const desired = { ...place, role: roleFor("main") };
const recorded = { uniqueId: "AROA1", baseVersion: 1, continues: [] };
const going = { ...place, roleName: "deploy", roleArn: inAws.arn, removeProvider: false };

function judged(goal: Goal, snapshot: Snapshot | null = snapshotOf(), plan: Plan | null = null) {
  return judgeGoal({ goal, plan, snapshot, project: { id: 42, path: "acme/web" }, live });
}

/** The names of who gets in, or why nobody does. */
function names(who: Judgement["after"] | null): unknown {
  return who?.kind === "refs" ? who.in.map(({ ref: { name } }) => name) : (who?.because ?? null);
}

const closed = "the account's OIDC provider does not take their tokens";

describe("what a request means for who gets in, before and after", () => {
  it.each<[string, Goal, Snapshot | null, unknown, unknown]>([
    [
      "a new role",
      { kind: "create", desired, continues: [] },
      snapshotOf({ role: null, provider: null }),
      ["main"],
      null,
    ],
    ["an edit", { kind: "edit", desired, ...recorded }, snapshotOf(), ["main"], ["old"]],
    [
      "an edit where nobody got in",
      { kind: "edit", desired, ...recorded },
      snapshotOf({ provider: null }),
      ["main"],
      closed,
    ],
    ["an edit before AWS was read", { kind: "edit", desired, ...recorded }, null, ["main"], null],
    ["ours put back", { kind: "restore", desired, ...recorded }, snapshotOf(), ["main"], ["old"]],
    [
      "ours put back where the role is gone",
      { kind: "restore", desired, ...recorded },
      snapshotOf({ role: null }),
      ["main"],
      "AWS holds no such role now",
    ],
    ["AWS's taken", { kind: "adopt", desired, ours: roleFor("old"), ...recorded }, snapshotOf(), ["main"], ["old"]],
    [
      "AWS's taken, without its provider",
      { kind: "adopt", desired, ours: roleFor("old"), ...recorded },
      snapshotOf({ provider: null }),
      closed,
      ["old"],
    ],
    [
      "AWS's taken, before it was read",
      { kind: "adopt", desired, ours: roleFor("old"), ...recorded },
      null,
      ["main"],
      ["old"],
    ],
    ["a removal", { kind: "remove", ...going, ...recorded }, snapshotOf(), "the role goes", ["old"]],
    [
      "a removal of what is gone",
      { kind: "remove", ...going, ...recorded },
      snapshotOf({ role: null }),
      "the role goes",
      "AWS holds no such role now",
    ],
    ["an undo", { kind: "undo", ...going, continues: ["r0"] }, snapshotOf(), "the role goes", ["old"]],
  ])("%s", (_what, goal, snapshot, after, before) => {
    const said = judged(goal, snapshot);
    expect([names(said.after), names(said.before)]).toEqual([after, before]);
  });

  it("of AWS's taken is what the plan takes, which may be newer than what was asked for", () => {
    const plan: Plan = {
      accountId: place.accountId,
      roleArn: inAws.arn,
      changes: [
        { kind: "keep-provider", arn, before: { audiences: [] }, after: { audiences: [] } },
        {
          kind: "adopt-role",
          arn: inAws.arn,
          uniqueId: { before: "AROA1", after: "AROA1" },
          before: roleFor("old"),
          after: roleFor("theirs"),
        },
      ],
    };
    const goal: Goal = { kind: "adopt", desired, ours: roleFor("old"), ...recorded };
    expect(names(judged(goal, snapshotOf(), plan).after)).toEqual(["theirs"]);
    expect(names(judged(goal, snapshotOf(), { ...plan, changes: plan.changes.slice(0, 1) }).after)).toEqual(["main"]);
  });

  it("of a role that goes says who loses it, where it is in use", () => {
    const goal: Goal = { kind: "remove", ...going, ...recorded };
    expect(judged(goal).findings).toMatchObject([
      { id: "still-in-use", why: expect.stringContaining("on 2026-11-20. Jobs of old that assume it fail") as string },
    ]);
    expect(judged(goal, snapshotOf({ role: { ...inAws, lastUsedAt: null } })).findings).toEqual([]);
    expect(judged(goal, null).findings).toEqual([]);
    expect(judged(goal, snapshotOf({ role: null })).findings).toEqual([]);
    expect(judged(goal, snapshotOf({ provider: null })).findings[0]?.why).toContain("Whatever assumes it fails");
  });
});

describe("who gets in is not told, and so never safe", () => {
  const goal: Goal = { kind: "create", desired, continues: [] };
  const of = (shown: LiveProject | null, hidden?: string) =>
    judgeGoal({
      goal,
      plan: null,
      snapshot: null,
      project: { id: 42, path: "acme/web" },
      live: shown,
      ...(hidden === undefined ? {} : { hidden }),
    });

  it.each<[string, LiveProject | null, string | undefined, string]>([
    ["where GitLab hides the project", null, undefined, "GitLab does not show the project here."],
    ["where somebody knows why", null, "GitLab is away.", "GitLab is away."],
    [
      "where it hides the refs",
      { ...live, refs: null },
      undefined,
      "GitLab does not show the project's branches and tags here.",
    ],
    ["where it hides them for a reason", { ...live, refs: null }, "GitLab is away.", "GitLab is away."],
    [
      "where it hides the subject",
      { ...live, view: { ...live.view, components: null } },
      undefined,
      "GitLab does not show how this project's tokens name their subject.",
    ],
    [
      "where it hides the subject for a reason",
      { ...live, view: { ...live.view, components: null, componentsReason: "Only Maintainers see it." } },
      undefined,
      "Only Maintainers see it.",
    ],
  ])("%s", (_what, shown, hidden, because) => {
    const { after, out, grade, findings } = of(shown, hidden);
    expect(after).toEqual({ kind: "untold", because });
    expect(out).toEqual([]);
    expect(grade).toBe("caution");
    expect(findings.map(({ id }) => id)).toContain("unseen-refs");
  });

  it("counts every ref that was asked about, whatever its answer", () => {
    expect(of(live).after).toMatchObject({ kind: "refs", asked: 3 });
    expect(of(live).out).toHaveLength(2);
  });

  it("knows the project by the path that it has now", () => {
    const moved = { ...live, view: { ...live.view, path: "acme/moved" } };
    const without = { ...desired, role: roleFor("main") };
    const text = JSON.stringify(without).replaceAll('"gitlab.com:project_id":"42",', "");
    const said = judgeGoal({
      goal: { kind: "create", desired: JSON.parse(text) as typeof desired, continues: [] },
      plan: null,
      snapshot: null,
      project: { id: 42, path: "acme/web" },
      live: moved,
    });
    expect(said.findings.find(({ id }) => id === "other-project")?.why).toContain(
      "acme/web, which is not acme/moved (42)",
    );
  });

  it("is the project's own subject, read from what GitLab answers", () => {
    expect(componentsShown(live.view)).toEqual({ ok: true, components: ["project_path", "ref_type", "ref"] });
    expect(componentsShown({ components: ["new_thing"], componentsReason: null }).ok).toBe(false);
  });
});

describe("a recorded role whose account's provider takes other audiences than were recorded", () => {
  const held = (asked: string, theirs: string[] | null, named = arn) => {
    const trust = JSON.stringify(roleFor("main").trustPolicy).replaceAll(audience, asked).replaceAll(arn, named);
    const now: RoleState = { ...inAws, trustPolicy: JSON.parse(trust) as RoleState["trustPolicy"] };
    return judgeHeld(
      {
        removedAt: null,
        liveState: "drifted",
        live: now,
        drift: [
          { what: "tags", sentence: "", ours: {}, theirs: {} },
          {
            what: "provider",
            sentence: "",
            ours: { audiences: [audience] },
            theirs: theirs && { audiences: theirs },
          },
        ],
        projectId: 42,
        projectPath: "acme/web",
        arn: now.arn,
        issuer: place.issuer,
        audience,
      },
      roleFor("main"),
      { live },
    ).after;
  };

  it("lets in who asks for what both AWS's trust and its provider take", () => {
    expect(names(held("other", ["other"]))).toEqual(["main"]);
    expect(names(held(audience, ["other"]))).toBe(closed);
    expect(names(held(audience, null))).toBe(closed);
  });
});

const finding = (id: Finding["id"], severity: Finding["severity"] = "caution"): Finding => ({
  id,
  severity,
  title: "",
  why: "",
  mend: null,
  mendId: null,
  where: "who",
});

describe("a judgement that was kept", () => {
  const judgement: Judgement = {
    findings: [finding("any-ref")],
    grade: "caution",
    after: { kind: "refs", in: [{ ref: ref("main"), verdict: "in", by: "exact", because: "" }], untold: [], asked: 1 },
    before: { kind: "nobody", because: "there is no role" },
    beyond: {
      gained: [{ words: "merge requests of acme/web", who: "any Developer of acme/web", when: null, sure: true }],
      lost: [],
    },
  };

  it("is what it was", () => expect(keptJudgement(JSON.parse(JSON.stringify(judgement)))).toEqual(judgement));

  it("is what it was where an older version did not write down who changes beside the refs", () => {
    const { beyond: _beyond, ...older } = judgement;
    expect(keptJudgement(JSON.parse(JSON.stringify(older)))).toEqual(older);
  });

  it.each([null, {}, { ...judgement, grade: "fine" }, { ...judgement, more: 1 }])(
    "is untold where it is not read, and never safe: %j",
    (value) => {
      expect(keptJudgement(value)).toEqual({
        findings: [],
        grade: "caution",
        after: { kind: "untold", because: expect.stringContaining("another version of Trustdesk") as string },
        before: null,
      });
    },
  );

  it("has a digest of the plan, the grade and the findings, not of the refs that exist today", async () => {
    const digest = await judgementDigest("d", judgement);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await judgementDigest("d", { ...judgement, after: { kind: "nobody", because: "" }, before: null })).toBe(
      digest,
    );
    expect(await judgementDigest("e", judgement)).not.toBe(digest);
    expect(await judgementDigest("d", { ...judgement, grade: "danger" })).not.toBe(digest);
    expect(await judgementDigest("d", { ...judgement, findings: [] })).not.toBe(digest);
  });
});
