import { describe, expect, it } from "vitest";
import type { RoleDocument } from "@/lib/plan/change";
import { formOf, write } from "./form";

const project = {
  projectId: 7091,
  path: "acme/web",
  namespaceId: 4501,
  issuer: "https://gitlab.com",
  components: ["project_path", "ref_type", "ref"],
  componentsReason: null,
  standstill: null,
};
const account = {
  accountId: "777788889999",
  name: "playground",
  partition: "aws",
  region: "eu-central-1",
  boundaryArn: null,
  boundaryRequired: false,
};
const place = { project, account };
const context = { ...place, owner: { username: "pia" } };
const provider = "arn:aws:iam::777788889999:oidc-provider/gitlab.com";
const main = "project_path:acme/web:ref_type:branch:ref:main";
const ours = {
  Effect: "Allow" as const,
  Principal: { Federated: provider },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringEquals: { "gitlab.com:aud": "https://sts.amazonaws.com", "gitlab.com:sub": main } },
};
const deploy = { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "s3:*", Resource: "*" }] };

const role = (changes: Partial<RoleDocument> = {}): RoleDocument => ({
  name: "web",
  path: "/",
  trustPolicy: { Version: "2012-10-17", Statement: [ours] },
  description: "",
  maxSessionSeconds: 3600,
  boundaryArn: null,
  tags: { "trustdesk:managed": "true" },
  inlinePolicies: { deploy },
  ...changes,
});
const trusting = (...statements: RoleDocument["trustPolicy"]["Statement"][]) =>
  role({ trustPolicy: { Version: "2012-10-17", Statement: statements.flat() } });
const reasons = (form: Partial<ReturnType<typeof formOf>["form"]>, document: RoleDocument) =>
  write({ ...formOf(document, place).form, ...form }, document, context).problems.map(({ reason }) => reason);
const written = (form: Partial<ReturnType<typeof formOf>["form"]>, document: RoleDocument) => {
  const { document: after, problems } = write({ ...formOf(document, place).form, ...form }, document, context);
  if (!after) throw new Error(problems.map(({ reason }) => reason).join(" "));
  return after;
};

describe("a key that a trust names in two spellings", () => {
  it("is told in both and never changed, while all else is", () => {
    const { StringEquals } = ours.Condition;
    const twice = trusting({
      ...ours,
      Condition: { StringEquals: { ...StringEquals, "GitLab.com:sub": main.replace("main", "dev") } },
    });
    expect(formOf(twice, place)).toMatchObject({ form: { refs: [], otherSubjects: [] } });
    expect(formOf(twice, place).beyond).toEqual([
      `Statement 1 also asks for gitlab.com:sub under StringEquals: ${main}.`,
      `Statement 1 also asks for GitLab.com:sub under StringEquals: ${main.replace("main", "dev")}.`,
    ]);
    expect(written({ maxSessionHours: 2 }, twice)).toEqual({ ...twice, maxSessionSeconds: 7200 });
    expect(reasons({ refs: [{ name: "main", type: "branch" }] }, twice)).toEqual([
      "The trust names gitlab.com:sub 2 times under StringEquals, in different letter case. All of them must match and are kept as they are, so this cannot be changed here.",
    ]);
    expect(reasons({ patterns: [{ pattern: "v*", type: "tag" }] }, twice)).toHaveLength(1);
    const audiences = { "gitlab.com:aud": "a", "GITLAB.com:aud": "b", "gitlab.com:sub": main };
    const taking = trusting({ ...ours, Condition: { StringEquals: audiences } });
    expect(formOf(taking, place).form.audience).toBe("a");
    expect(write({ ...formOf(taking, place).form, audience: "b" }, taking, context).problems).toMatchObject([
      { field: "audience" },
    ]);
  });

  it("turns no pin on or off", () => {
    const pins = { "gitlab.com:project_id": "7091", "GitLab.com:project_id": "7091", "gitlab.com:sub": main };
    const twice = trusting({ ...ours, Condition: { StringEquals: pins } });
    const { form } = formOf(twice, place);
    expect(form.pins.projectId).toBe(false);
    expect(reasons({ pins: { ...form.pins, projectId: true } }, twice)).toEqual([
      expect.stringContaining("in different letter case"),
    ]);
  });
});
