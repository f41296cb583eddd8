import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { awsAccountInMemory } from "@/lib/testing/aws-account";
import type { Change, RoleDocument, RoleState } from "./change";
import { documentDiff, nearChanges } from "./describe";
import type { DesiredRole } from "./diff";
import { planRole } from "./diff";
import { canonicalJson } from "./digest";
import { driftOf } from "./drift";
import { changesBetween, documentOf, planEdit } from "./edit";
import { planRemoval } from "./removal";
import { standingOf } from "./standing";

const accountId = "777788889999";
const arn = `arn:aws:iam::${accountId}:role/deploy`;
const allowing = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow" as const, Action: action, Resource: "*" }],
});

/** One of a few documents, so that two drawn ones are often equal and often not. */
const policy = fc.constantFrom(allowing("s3:GetObject"), allowing("s3:PutObject"), allowing("ecr:*"));
const trustPolicy = fc.constantFrom(
  allowing("sts:AssumeRoleWithWebIdentity"),
  allowing("sts:TagSession"),
  allowing("sts:SetSourceIdentity"),
);
const roleDocument: fc.Arbitrary<RoleDocument> = fc.record({
  name: fc.constant("deploy"),
  path: fc.constant("/"),
  trustPolicy,
  description: fc.constantFrom("", "deploys the site"),
  maxSessionSeconds: fc.constantFrom(3600, 7200),
  boundaryArn: fc.constantFrom(null, "arn:aws:iam::aws:policy/edge", "arn:aws:iam::aws:policy/core"),
  tags: fc.record(
    { "trustdesk:owner": fc.constantFrom("pia", "dora"), "trustdesk:managed": fc.constant("true") },
    { requiredKeys: [] },
  ),
  inlinePolicies: fc.dictionary(fc.constantFrom("deploy", "logs", "cache"), policy),
  attachedPolicies: fc.uniqueArray(fc.constantFrom("arn:c", "arn:b", "arn:a"), { minLength: 1 }),
});
/** A role as AWS may hold it: with another tool's tag, and its attached policies in any order. */
const liveRole: fc.Arbitrary<RoleState> = roleDocument.map(({ attachedPolicies = [], ...document }) => ({
  ...document,
  arn,
  uniqueId: "AROA1",
  createdAt: "2026-01-02T00:00:00.000Z",
  lastUsedAt: null,
  attachedPolicies,
  tags: { ...document.tags, "cost-centre": "42" },
}));

const desired = (role: RoleDocument): DesiredRole => ({
  accountId,
  partition: "aws",
  issuer: "https://gitlab.com",
  audience: "https://sts.amazonaws.com",
  role,
});
const question = { accountId, partition: "aws", roleName: "deploy", issuer: "https://gitlab.com" };
const ours = () => true;

function accountWith(role: RoleState | null) {
  const aws = awsAccountInMemory();
  if (role) aws.held.roles.set("deploy", structuredClone(role));
  const look = () => aws.reader.readSnapshot({ ...question, boundaryArn: "arn:b", withProviderUsers: true });
  /** Carries the changes out as IAM would, and asks before and after each where AWS stands to it. */
  const carryOut = async (changes: readonly Change[]): Promise<void> => {
    for (const change of changes) {
      if (change.kind === "keep-provider") continue;
      expect(standingOf(change, await look(), ours).at).toBe("before");
      await aws.writer.perform(change, "request-1");
      expect(standingOf(change, await look(), ours).at).toBe("after");
    }
  };
  return { aws, look, carryOut };
}

function changesOf(planned: ReturnType<typeof planEdit>): Change[] {
  if (!planned.ok) throw new Error(planned.problems.map(({ reason }) => reason).join(" "));
  return planned.plan.changes;
}

const calls = (changes: readonly Change[]) => changes.filter(({ kind }) => kind !== "keep-provider");

describe("a plan that is carried out in IAM", () => {
  it("of an edit makes the role what was wanted, and leaves nothing to do", async () => {
    await fc.assert(
      fc.asyncProperty(liveRole, roleDocument, async (live, wanted) => {
        const { look, carryOut } = accountWith(live);
        await carryOut(changesOf(planEdit(desired(wanted), await look(), ours)));
        const now = await look();
        if (!now.role) throw new Error("the role is gone");
        expect(canonicalJson({ ...documentOf(now.role), tags: {} })).toBe(
          canonicalJson({ ...wanted, tags: {}, attachedPolicies: [...(wanted.attachedPolicies ?? [])].sort() }),
        );
        expect(now.role.tags).toMatchObject({ ...wanted.tags, "cost-centre": "42" });
        expect(calls(changesOf(planEdit(desired(wanted), now, ours)))).toEqual([]);
      }),
    );
  });

  it("of a new role makes it, and of its removal takes it and its provider away", async () => {
    await fc.assert(
      fc.asyncProperty(roleDocument, async (wanted) => {
        const { aws, look, carryOut } = accountWith(null);
        await carryOut(changesOf(planRole(desired(wanted), await look())));
        const made = await look();
        expect(made.role && driftOf({ document: wanted, uniqueId: made.role.uniqueId }, made.role, null)).toEqual([]);
        const removal = { ...question, audience: "", roleArn: arn, removeProvider: true };
        await carryOut(changesOf(planRemoval(removal, await look(), ours)));
        expect(aws.held.roles.size).toBe(0);
        expect(aws.held.provider).toBeNull();
        expect(changesOf(planRemoval(removal, await look(), ours))).toEqual([]);
      }),
    );
  });
});

describe("a role and its own document", () => {
  it("do not differ", () => {
    fc.assert(
      fc.property(liveRole, (live) => {
        expect(changesBetween(live, documentOf(live))).toEqual([]);
        expect(driftOf({ document: documentOf(live), uniqueId: live.uniqueId }, live, null)).toEqual([]);
      }),
    );
  });

  it("differ from another by as many things as a plan would change", () => {
    fc.assert(
      fc.property(liveRole, roleDocument, (live, document) => {
        const differences = driftOf({ document, uniqueId: null }, live, null);
        expect(differences.map(({ ours: one, theirs }) => [one, theirs])).toEqual(
          changesBetween(live, document).map(({ before, after }) => [after, before]),
        );
      }),
    );
  });
});

describe("canonical JSON", () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  /** So few that two drawn ones are often equal. */
  const few = fc.dictionary(
    fc.constantFrom("a", "b"),
    fc.oneof(fc.constantFrom(1, "1", null, true), fc.array(fc.constantFrom("x", "y"), { maxLength: 2 })),
    { noNullPrototype: true },
  );
  /** What a value is once it has been written and read: -0 is 0. */
  const read = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it("says the same as JSON", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(read(value));
      }),
    );
  });

  it("is equal for equal values only, however their members are ordered", () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== "object" || value === null) return value;
      const members = Object.entries(value).reverse();
      return Object.fromEntries(members.map(([key, member]) => [key, turned(member)]));
    };
    fc.assert(
      fc.property(json, few, few, (any, one, other) => {
        expect(canonicalJson(turned(any))).toBe(canonicalJson(any));
        expect(canonicalJson(one) === canonicalJson(other)).toBe(isDeepStrictEqual(one, other));
      }),
    );
  });

  it("leaves out what is undefined, as JSON does", () => {
    expect(canonicalJson({ b: undefined, a: [1, undefined], c: null })).toBe('{"a":[1,null],"c":null}');
    expect(canonicalJson({ b: 1, a: { d: "x", c: false } })).toBe('{"a":{"c":false,"d":"x"},"b":1}');
  });
});

describe("the difference of two documents", () => {
  const document = fc.dictionary(
    fc.constantFrom("Version", "Statement", "Sid", "Action", "other", "more"),
    fc.oneof(fc.constantFrom("a", "b"), fc.array(fc.constantFrom("a", "b"), { maxLength: 3 })),
  );
  const side = (lines: ReturnType<typeof documentDiff>, gone: "added" | "removed"): unknown =>
    JSON.parse(
      lines
        .filter(({ kind }) => kind !== gone)
        .map(({ text }) => text)
        .join("\n"),
    );

  it("tells both of them whole", () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const lines = documentDiff(before, after);
        expect(side(lines, "added")).toEqual(before);
        expect(side(lines, "removed")).toEqual(after);
      }),
    );
  });

  it("calls nothing changed that is in both at its place", () => {
    fc.assert(
      fc.property(document, document, fc.string(), (before, after, key) => {
        const changed = documentDiff(before, after).filter(({ kind }) => kind !== "same").length;
        expect(changed === 0).toBe(canonicalJson(before) === canonicalJson(after));
        expect(documentDiff(before, { ...before, [`new${key}`]: 1 }).filter(({ kind }) => kind === "removed").length)
          // The member before it gets a comma.
          .toBeLessThanOrEqual(1);
      }),
    );
  });

  it("near its changes leaves out no changed line, and nothing beside one", () => {
    fc.assert(
      fc.property(document, document, fc.integer({ min: 0, max: 3 }), (before, after, around) => {
        const lines = documentDiff(before, after);
        const near = nearChanges(lines, around);
        const changed = (all: typeof lines) => all.filter(({ kind }) => kind !== "same");
        expect(changed(near)).toEqual(changed(lines));
        const first = lines.findIndex(({ kind }) => kind !== "same");
        if (first >= 0) expect(near).toEqual(expect.arrayContaining(lines.slice(Math.max(0, first - around), first)));
      }),
    );
  });
});
