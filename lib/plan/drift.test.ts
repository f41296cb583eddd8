import { describe, expect, it } from "vitest";
import type { RoleDocument, RoleState } from "./change";
import type { Difference, LookedForProvider } from "./drift";
import { driftOf } from "./drift";
import { isOnlyProvider } from "./only-provider";

const narrow = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow" as const, Action: "s3:GetObject", Resource: "*" }],
};
const wide = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };
const trusting = (AWS: string | string[]): RoleDocument["trustPolicy"] => ({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" },
});
const closed = trusting("111122223333");
const open = trusting(["arn:aws:iam::444455556666:root", "arn:aws:iam::111122223333:root"]);
const document: RoleDocument = {
  name: "deploy",
  path: "/",
  trustPolicy: closed,
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: { "trustdesk:owner": "pia" },
  inlinePolicies: { deploy: narrow },
};
const live: RoleState = {
  ...document,
  arn: "arn:aws:iam::1:role/deploy",
  uniqueId: "AROA1",
  createdAt: "2026-01-02T00:00:00Z",
  lastUsedAt: null,
  attachedPolicies: [],
  tags: { ...document.tags, "trustdesk:apply": "r1", other: "tool" },
};
const recorded = { document, uniqueId: "AROA1" };

describe("drift", () => {
  it("is nothing when AWS holds what was recorded, whoever else tags the role", () => {
    expect(driftOf(recorded, live, null)).toEqual([]);
  });

  it.each<[string, Partial<RoleState>, string, unknown, unknown]>([
    [
      "a trust",
      { trustPolicy: open },
      "The trust policy was changed in AWS: who may assume the role is not what was approved. It now also lets in every principal of account 444455556666 that the account itself allows.",
      closed,
      open,
    ],
    [
      "a policy",
      { inlinePolicies: { deploy: wide } },
      "The inline policy deploy was changed in AWS. Whether it means the same, Trustdesk does not tell.",
      narrow,
      wide,
    ],
    ["no policy", { inlinePolicies: {} }, "The inline policy deploy was deleted in AWS.", narrow, null],
    [
      "a policy more",
      { inlinePolicies: { deploy: narrow, extra: wide } },
      "The inline policy extra was added in AWS.",
      null,
      wide,
    ],
    [
      "an attached policy",
      { attachedPolicies: ["arn:a"] },
      "The managed policy arn:a was attached in AWS.",
      null,
      "arn:a",
    ],
    ["a boundary", { boundaryArn: "arn:b" }, "A permissions boundary was put on in AWS.", null, "arn:b"],
    [
      "a longer session",
      { maxSessionSeconds: 7200 },
      "The description or the longest session was changed in AWS.",
      { description: "", maxSessionSeconds: 3600 },
      { description: "", maxSessionSeconds: 7200 },
    ],
    ["another path", { path: "/ci/" }, "The role is at the path /ci/ in AWS, and was recorded at /.", "/", "/ci/"],
    [
      "another role of the name",
      { uniqueId: "AROA2" },
      "The role was deleted and made again in AWS on 2026-01-02: it is another one, of the same name.",
      "AROA1",
      "AROA2",
    ],
  ])("tells %s, with ours and theirs", (_what, change, sentence, ours, theirs) => {
    expect(driftOf(recorded, { ...live, ...change }, null)).toEqual([
      expect.objectContaining({ sentence, ours, theirs }),
    ]);
  });

  it.each<[Difference["what"], Partial<RoleState>]>([
    ["trust-policy", { trustPolicy: open }],
    ["inline-policy", { inlinePolicies: { deploy: wide } }],
    ["inline-policy", { inlinePolicies: { deploy: narrow, extra: wide } }],
    ["attached-policy", { attachedPolicies: ["arn:a"] }],
    ["boundary", { boundaryArn: "arn:b" }],
    ["settings", { description: "another" }],
    ["role", { path: "/ci/" }],
    ["replaced", { uniqueId: "AROA2" }],
    ["tags", { tags: {} }],
  ])("is filed under %s (%j)", (what, change) => {
    expect(driftOf(recorded, { ...live, ...change }, null).map((one) => one.what)).toEqual([what]);
  });

  it("is said of tags by name, and of a role that is gone by what follows", () => {
    expect(driftOf(recorded, { ...live, tags: { "trustdesk:owner": "eve" } }, null)).toEqual([
      {
        what: "tags",
        sentence: "Trustdesk's tags trustdesk:owner were changed in AWS.",
        ours: { "trustdesk:owner": "pia" },
        theirs: { "trustdesk:owner": "eve" },
      },
    ]);
    expect(driftOf(recorded, null, null)[0]?.sentence).toBe(
      "The role is not in AWS any more: pipelines that assume it are denied.",
    );
  });

  it("does not call a role another one whose id was never recorded", () => {
    expect(driftOf({ document, uniqueId: null }, live, null)).toEqual([]);
  });

  it("tells a detached policy, and a boundary that was replaced or taken off", () => {
    const bounded = { uniqueId: "AROA1", document: { ...document, boundaryArn: "arn:b", attachedPolicies: ["arn:a"] } };
    const sentences = (role: RoleState) => driftOf(bounded, role, null).map(({ sentence }) => sentence);
    expect(sentences(live)).toEqual([
      "The permissions boundary was taken off in AWS.",
      "The managed policy arn:a was detached in AWS.",
    ]);
    expect(sentences({ ...live, boundaryArn: "arn:c", attachedPolicies: ["arn:a"] })).toEqual([
      "The permissions boundary was replaced in AWS.",
    ]);
  });

  it("tells a role that is gone", () => {
    expect(driftOf(recorded, null, null)).toEqual([
      expect.objectContaining({ what: "role", ours: document, theirs: null }),
    ]);
  });

  describe("of the account's provider", () => {
    const arn = "arn:aws:iam::1:oidc-provider/gitlab.com";
    const trusting = (condition: Record<string, Record<string, string>>) => ({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow" as const,
          Principal: { Federated: arn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: condition,
        },
      ],
    });
    const pinned = trusting({ StringEquals: { "gitlab.com:aud": "https://sts.amazonaws.com" } });
    const drift = (provider: LookedForProvider, trustPolicy: RoleDocument["trustPolicy"] = pinned) =>
      driftOf({ uniqueId: "AROA1", document: { ...document, trustPolicy } }, { ...live, trustPolicy }, provider);

    it("tells that it is gone, and that the role itself is as recorded", () => {
      const found = drift({ arn, held: null });
      expect(found).toEqual([
        {
          what: "provider",
          sentence: `The OIDC provider ${arn} is not in AWS any more: pipelines with its tokens are denied.`,
          ours: { audiences: ["https://sts.amazonaws.com"] },
          theirs: null,
        },
      ]);
      expect(isOnlyProvider(found)).toBe(true);
      expect(isOnlyProvider([...found, { what: "tags" }])).toBe(false);
      expect(isOnlyProvider([])).toBe(false);
    });

    it("tells that it lacks the audience that the trust asks for", () => {
      expect(drift({ arn, held: { audiences: ["https://gitlab.com"] } })).toEqual([
        {
          what: "provider",
          sentence: `The OIDC provider ${arn} does not accept the audience https://sts.amazonaws.com any more: pipelines that ask for it are denied.`,
          ours: { audiences: ["https://sts.amazonaws.com"] },
          theirs: { audiences: ["https://gitlab.com"] },
        },
      ]);
      expect(drift({ arn, held: { audiences: ["https://gitlab.com", "https://sts.amazonaws.com"] } })).toEqual([]);
    });

    it("says nothing of one that the trust does not name, nor of audiences where it asks for none", () => {
      expect(drift({ arn: "arn:aws:iam::1:oidc-provider/other.example", held: null })).toEqual([]);
      expect(
        drift({ arn, held: { audiences: [] } }, trusting({ StringLike: { "gitlab.com:sub": "project_path:acme/*" } })),
      ).toEqual([]);
    });
  });
});
