import { describe, expect, it } from "vitest";
import { statementsOf } from "@/lib/iam/policy-schema";
import { templates } from "@/lib/iam/templates/table";
import type { RoleDocument } from "@/lib/plan/change";
import { followed, formOf, write } from "./form";

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

describe("what lies beyond the form", () => {
  it("is nothing for a role that the form made", () => {
    expect(formOf(role(), place).beyond).toEqual([]);
  });

  it("is told one by one, with its names and values", () => {
    const { beyond } = formOf(
      role({
        trustPolicy: {
          Statement: [
            { Sid: "Ops", Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
            {
              ...ours,
              Sid: "GitLab",
              Condition: {
                StringEquals: { "gitlab.com:aud": ["https://sts.amazonaws.com", "other"], "gitlab.com:project_id": 9 },
                StringLike: { "gitlab.com:sub": main },
                IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"] },
              },
            },
            { Effect: "Deny", Principal: "*", Action: "sts:TagSession" },
          ],
        },
        inlinePolicies: { logs: deploy, deploy, cache: deploy },
        attachedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        tags: { "trustdesk:managed": "true", team: "web" },
      }),
      place,
    );
    expect(beyond).toEqual([
      "The trust has 2 more statements: Ops (Allow), statement 3 (Deny).",
      "Statement 2 is named GitLab.",
      "Statement 2 also takes the audience other.",
      "Statement 2 also asks for gitlab.com:project_id under StringEquals: 9.",
      "Statement 2 also asks for aws:SourceIp under IpAddress: 203.0.113.0/24, 198.51.100.0/24.",
      "The trust is of version 2008-10-17.",
      "2 more inline policies: logs, cache.",
      "1 managed policy: arn:aws:iam::aws:policy/ReadOnlyAccess.",
      "1 tag: team.",
    ]);
  });
});

describe("who gets in", () => {
  it("reads a group's wildcard as a subject that can be taken out, and never as a ref of the project", () => {
    const wide = trusting({ ...ours, Condition: { StringLike: { "gitlab.com:sub": ["project_path:acme/*", main] } } });
    expect(formOf(wide, place).form).toMatchObject({
      refs: [{ name: "main", type: "branch" }],
      patterns: [],
      otherSubjects: ["project_path:acme/*"],
    });
    expect(written({ otherSubjects: [] }, wide).trustPolicy).toEqual({
      Version: "2012-10-17",
      Statement: [{ ...ours, Condition: { StringEquals: { "gitlab.com:sub": [main] } } }],
    });
  });

  it("does not call a wildcard under StringEquals a pattern: there it stands for itself", () => {
    const literal = trusting({
      ...ours,
      Condition: { StringEquals: { "gitlab.com:sub": [main, main.replace("main", "*")] } },
    });
    expect(formOf(literal, place).form).toMatchObject({ patterns: [], otherSubjects: [main.replace("main", "*")] });
    expect(reasons({ patterns: [{ pattern: "v*", type: "tag" }] }, literal)).toEqual([
      expect.stringContaining("letter by letter"),
    ]);
  });

  it("changes the audience that it shows, and keeps the others and the list", () => {
    const taking = (...audiences: string[]) =>
      trusting({ ...ours, Condition: { StringEquals: { "gitlab.com:aud": audiences, "gitlab.com:sub": [main] } } });
    expect(written({ audience: "new" }, taking("first", "second"))).toEqual(taking("new", "second"));
    expect(written({ audience: "second" }, taking("first", "second"))).toEqual(taking("second"));
    expect(written({ audience: "new" }, taking("first"))).toEqual(taking("new"));
  });

  it("never leaves a statement without the subjects that it had", () => {
    expect(reasons({ refs: [] }, role())).toEqual(["Choose at least one branch or tag, or add a pattern."]);
    const foreign = trusting({ ...ours, Condition: { StringLike: { "gitlab.com:sub": "project_path:acme/*" } } });
    expect(reasons({ otherSubjects: [] }, foreign)).toEqual(["Choose at least one branch or tag, or add a pattern."]);
  });

  it("holds an open statement to the refs that are chosen", () => {
    const open = trusting({ ...ours, Condition: { StringEquals: { "gitlab.com:aud": "https://sts.amazonaws.com" } } });
    expect(reasons({}, open)).toEqual([]);
    expect(written({ refs: [{ name: "main", type: "branch" }] }, open).trustPolicy).toEqual(role().trustPolicy);
  });

  it("adds a statement where none is for this GitLab, once a ref is chosen", () => {
    const stranger = { Effect: "Allow" as const, Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" };
    const document = role({ trustPolicy: { Version: "2012-10-17", Statement: stranger } });
    expect(formOf(document, place)).toMatchObject({
      hasStatement: false,
      form: { refs: [], pins: { projectId: true } },
    });
    expect(written({ maxSessionHours: 2 }, document).trustPolicy).toEqual(document.trustPolicy);
    const { trustPolicy } = written({ refs: [{ name: "main", type: "branch" }] }, document);
    const { StringEquals } = ours.Condition;
    const pinned = { "gitlab.com:project_id": "7091", ...StringEquals };
    expect(trustPolicy.Statement).toEqual([stranger, { ...ours, Condition: { StringEquals: pinned } }]);
  });

  it("takes no subject in that the trust does not have", () => {
    expect(reasons({ otherSubjects: ["*"] }, role())).toEqual([
      "The recorded trust does not take the subject *: only what it has can be kept.",
    ]);
    expect(write({ ...formOf(role(), place).form, otherSubjects: ["*"] }, null, context).trustPolicy).toEqual({
      Version: "2012-10-17",
      Statement: [ours],
    });
  });

  it("stays as it is where GitLab does not show the subject's components, unless a ref is chosen", () => {
    const hidden = { ...context, project: { ...project, components: null, componentsReason: "Maintainers only." } };
    const { form } = formOf(role(), hidden);
    expect(form).toMatchObject({ refs: [], otherSubjects: [main] });
    expect(write({ ...form, maxSessionHours: 2 }, role(), hidden).document).toEqual(role({ maxSessionSeconds: 7200 }));
    const chosen = { ...form, refs: [{ name: "dev", type: "branch" as const }] };
    expect(write(chosen, role(), hidden).problems).toEqual([{ field: "refs", reason: "Maintainers only." }]);
  });

  it("follows a project that has moved, with the namespace that the trust is held to", () => {
    const old = main.replace("acme/web", "shop/web");
    const Condition = { StringEquals: { "gitlab.com:namespace_id": "1", "gitlab.com:sub": [old, "by-hand"] } };
    const moved = trusting({ ...ours, Condition });
    expect(formOf(moved, place).form).toMatchObject({ refs: [], otherSubjects: [old, "by-hand"] });
    const form = followed(moved, place, ["shop/web"]);
    expect(form).toMatchObject({
      refs: [{ name: "main", type: "branch" }],
      otherSubjects: ["by-hand"],
      pins: { namespaceId: true },
    });
    expect(write(form, moved, context).document?.trustPolicy.Statement).toEqual([
      {
        ...ours,
        Condition: { StringEquals: { "gitlab.com:namespace_id": "4501", "gitlab.com:sub": ["by-hand", main] } },
      },
    ]);
    expect(followed(role(), place, ["shop/web"])).toEqual(formOf(role(), place).form);
  });
});

describe("what they can do", () => {
  it.each(templates.map(({ id }) => id))("opens what the template %s made as that template again", (id) => {
    const template = templates.find((one) => one.id === id);
    const values = Object.fromEntries(
      (template?.parameters ?? []).map(({ name, placeholder, problem }) => [name, problem("") ? placeholder : ""]),
    );
    const policy = template?.build(values, account) ?? deploy;
    expect(formOf(role({ inlinePolicies: { deploy: policy } }), place).form.permissions).toEqual({
      kind: "template",
      template: id,
      values,
    });
    const elsewhere = { ...place, account: { ...account, accountId: "111122223333", partition: "aws-cn" } };
    expect(formOf(role({ inlinePolicies: { deploy: policy } }), elsewhere).form.permissions.kind).toBe("document");
  });

  it("leaves a document that AWS holds, though it would take no such one anew", () => {
    const old = { Statement: { Effect: "Allow" as const, Action: "s3*:Get*", Resource: ["*"] } };
    const document = role({ inlinePolicies: { deploy: old } });
    expect(written({ maxSessionHours: 2 }, document).inlinePolicies).toEqual({ deploy: old });
    const text = JSON.stringify({ ...old, Id: "changed" }, null, 2);
    expect(reasons({ permissions: { kind: "document", text } }, document)).toHaveLength(1);
  });

  it("writes over no other policy of the role, and leaves none out that is not shown", () => {
    const several = role({ inlinePolicies: { logs: deploy, deploy } });
    expect(reasons({ policyName: "logs" }, several)).toEqual([
      "The role has another inline policy named logs, which is kept: choose another name.",
    ]);
    expect(reasons({ permissions: { kind: "none" } }, several)).toHaveLength(1);
    expect(Object.keys(written({ policyName: "site" }, several).inlinePolicies)).toEqual(["site", "logs"]);
    expect(written({ permissions: { kind: "none" } }, role()).inlinePolicies).toEqual({});
  });

  it("takes no name that would put another policy on the form", () => {
    const several = role({ inlinePolicies: { deploy, logs: deploy } });
    expect(reasons({ policyName: "7" }, several)).toEqual([
      "A name of digits alone would put another policy of the role in this one's place: choose one with a letter.",
    ]);
    expect(Object.keys(written({ policyName: "7" }, role()).inlinePolicies)).toEqual(["7"]);
    const digits = role({ inlinePolicies: { "1": deploy, "2": deploy } });
    expect(reasons({ policyName: "1" }, digits)).toEqual([]);
  });

  it("changes of a template's policy only what its values change: lists, order and names stay", () => {
    const s3 = templates.find(({ id }) => id === "s3-deploy");
    const build = (bucket: string) => statementsOf(s3?.build({ bucket, prefix: "", kmsKey: "" }, account) ?? deploy);
    const byHand = (bucket: string): RoleDocument["inlinePolicies"][string] => ({
      Statement: build(bucket).map(({ Resource, Action, ...rest }) => ({
        Resource: [Resource ?? []].flat(),
        ...rest,
        Action: [Action ?? []].flat(),
      })),
      Version: "2012-10-17",
    });
    const values = { bucket: "acme-shop", prefix: "", kmsKey: "" };
    const document = role({ inlinePolicies: { deploy: byHand("acme-web") } });
    const { inlinePolicies } = written({ permissions: { kind: "template", template: "s3-deploy", values } }, document);
    expect(JSON.stringify(inlinePolicies["deploy"])).toBe(JSON.stringify(byHand("acme-shop")));
  });

  it.each(["12345678901234567890", "1.0"])("takes no number that would not be kept as it is written: %s", (number) => {
    const Condition = { NumericLessThan: { "s3:max-keys": "@" } };
    const text = (value: string) =>
      JSON.stringify({ ...deploy, Statement: [{ ...deploy.Statement[0], Condition }] }, null, 2).replace('"@"', value);
    expect(reasons({ permissions: { kind: "document", text: text(number) } }, role())).toEqual([
      `Line 10: the number ${number} would not be kept as it is written. Put it in quotes, which means the same to AWS.`,
    ]);
    const quoted = { kind: "document" as const, text: text(JSON.stringify(number)) };
    expect(reasons({ permissions: quoted }, role())).toEqual([]);
  });

  it("asks of a new role what it may do", () => {
    const form = { ...formOf(role(), place).form, permissions: { kind: "none" as const } };
    expect(write(form, null, context).problems).toEqual([{ field: "permissions", reason: "Say what they can do." }]);
  });
});

describe("the settings", () => {
  it("hold a session of any length that AWS does, and tags that no form shows", () => {
    const odd = role({ maxSessionSeconds: 5401, tags: { team: "web" }, attachedPolicies: ["arn:p"] });
    expect(written({ description: "changed" }, odd)).toEqual({ ...odd, description: "changed" });
  });
});
