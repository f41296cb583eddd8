import { describe, expect, it } from "vitest";
import type { RoleDocument, RoleState } from "@/lib/plan/change";
import { observe } from "./observation";
import type { ComparedRole } from "./read-compared";

const arn = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const document: RoleDocument = {
  name: "deploy",
  path: "/",
  trustPolicy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: arn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { "gitlab.com:sub": "project_path:acme/web" } },
      },
    ],
  },
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: {},
  inlinePolicies: {},
};
const role: ComparedRole = {
  id: "r1",
  name: "deploy",
  accountId: "111122223333",
  projectId: 42,
  projectPath: "acme/web",
  uniqueId: "AROA1",
  version: 1,
  document,
  known: { liveState: "same", drift: [], checkedAt: null },
};
const live = (changes: Partial<RoleState>): RoleState => ({
  ...document,
  arn: "arn:aws:iam::111122223333:role/deploy",
  uniqueId: "AROA1",
  createdAt: "2026-01-01T00:00:00Z",
  lastUsedAt: null,
  attachedPolicies: [],
  ...changes,
});
const provider = { arn, held: { audiences: ["https://sts.amazonaws.com"] } };

describe("what one look at AWS says", () => {
  it("names what is dangerous there and was not in the record, as judged without the project's refs", () => {
    const everything = { Version: "2012-10-17", Statement: { Effect: "Allow" as const, Action: "*", Resource: "*" } };
    const { liveState, dangers } = observe(role, live({ inlinePolicies: { "by-hand": everything } }), provider);
    expect([liveState, dangers]).toEqual(["drifted", ["Full access"]]);
    const attached = live({ attachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] });
    expect(observe(role, attached, null).dangers).toEqual(["Full access by a managed policy"]);
  });

  it("tells no danger that was decided on, and none of a role that is gone or the same", () => {
    expect(observe(role, live({ maxSessionSeconds: 7200 }), provider).dangers).toEqual([]);
    expect(observe(role, null, provider).dangers).toEqual([]);
    expect(observe(role, live({}), provider)).toMatchObject({ liveState: "same", dangers: [], news: null });
  });
});
