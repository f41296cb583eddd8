import fc from "fast-check";
import type { SubjectComponent } from "@/lib/gitlab-ci/claims";
import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { subjectPattern } from "@/lib/gitlab-ci/subject";
import type { RawPolicy, RawStatement } from "@/lib/iam/policy-schema";
import { statementsOf } from "@/lib/iam/policy-schema";
import { templates } from "@/lib/iam/templates/table";
import { componentsShown } from "@/lib/judgement/project";
import type { RoleDocument } from "@/lib/plan/change";
import type { FormPlace } from "@/lib/role-form/form-place";
import { providerFor, templatePlace } from "@/lib/role-form/form-place";

const account = {
  accountId: "777788889999",
  name: "playground",
  partition: "aws",
  region: "eu-central-1",
  boundaryArn: null,
  boundaryRequired: false,
};
export const projectNames = { projectId: "7091", projectPath: "acme/web" };
const others: readonly SubjectComponent[] = [
  "ref_type",
  "ref",
  "ref_protected",
  "environment_protected",
  "deployment_tier",
];

/** A project of gitlab.com or of another GitLab, with any subject that GitLab lets it have. */
export const anyPlace: fc.Arbitrary<FormPlace> = fc
  .record({
    issuer: fc.constantFrom("https://gitlab.com", "https://gitlab.acme.example/ci"),
    first: fc.constantFrom<SubjectComponent>("project_path", "project_id"),
    rest: fc.oneof(fc.constant<SubjectComponent[]>(["ref_type", "ref"]), fc.shuffledSubarray([...others])),
    hidden: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  })
  .map(({ issuer, first, rest, hidden }) => ({
    project: {
      projectId: 7091,
      path: projectNames.projectPath,
      namespaceId: 4501,
      issuer,
      components: hidden ? null : [first, ...rest],
      componentsReason: hidden ? "Only Maintainers see them." : null,
      standstill: null,
    },
    account,
  }));

export const refName = fc.constantFrom("main", "release/1.2", "feature/${x}", "dev", "v1.0");
export const pattern = fc.constantFrom("*", "release/*", "v?.*", "feature/${*}*");
export const audience = fc.constantFrom("https://sts.amazonaws.com", "sts.acme", "https://gitlab.com");
const scalarOrList = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | Value[]> =>
  fc.oneof(values, fc.array(values, { minLength: 1, maxLength: 3 }));

/** A subject of the project, of another one, of a group, or of no project at all. */
function anySubject({ project }: FormPlace): fc.Arbitrary<string> {
  const components = componentsShown(project);
  const known = components.ok ? components.components : (["project_path", "ref_type", "ref"] as const);
  const ours = fc
    .record({
      refType: fc.constantFrom("branch" as const, "tag" as const, "*" as const),
      ref: fc.oneof(refName, pattern),
      refProtected: fc.constantFrom<{ refProtected?: "true" }>({}, { refProtected: "true" }),
      projectPath: fc.constantFrom(projectNames.projectPath, projectNames.projectPath, "acme/other"),
    })
    .map(({ refProtected, ...parts }) =>
      subjectPattern(known, { projectId: projectNames.projectId, ...parts, ...refProtected }),
    );
  return fc.oneof(
    { weight: 4, arbitrary: ours },
    { weight: 1, arbitrary: fc.constantFrom("project_path:acme/*", "*", "project_path:acme/web:ref:${aws:username}") },
  );
}

function anyCondition(place: FormPlace): fc.Arbitrary<NonNullable<RawStatement["Condition"]>> {
  const prefix = providerUrlPath(place.project.issuer);
  const subjects = scalarOrList(anySubject(place));
  const keys = (more: Record<string, fc.Arbitrary<RawValues>>) => fc.record(more, { requiredKeys: [] });
  const pins = {
    [`${prefix}:project_id`]: scalarOrList(fc.constantFrom<RawValue>("7091", 7091, "42")),
    [`${prefix}:namespace_id`]: scalarOrList(fc.constantFrom<RawValue>("4501", 4501, "9")),
    [`${prefix}:ref_protected`]: scalarOrList(fc.constantFrom<RawValue>("true", true, "false")),
  };
  const foreign = { "aws:SourceIp": scalarOrList(fc.constantFrom<RawValue>("203.0.113.0/24")) };
  const equals = keys({
    [`${prefix}:aud`]: scalarOrList(audience),
    ...pins,
    [`${prefix}:sub`]: subjects,
    [`${prefix.toUpperCase()}:user_login`]: fc.constant("pia"),
  });
  // AWS compares keys without case, so both must match.
  const twice = keys({
    [`${prefix.toUpperCase()}:aud`]: scalarOrList(audience),
    [`${prefix.toUpperCase()}:project_id`]: fc.constantFrom<RawValue>("7091", "42"),
    [`${prefix.toUpperCase()}:sub`]: subjects,
  });
  const spelt = fc
    .tuple(equals, fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: twice }))
    .map((parts) => Object.assign({}, ...parts) as Record<string, RawValues>);
  return fc
    .record(
      {
        StringEquals: spelt,
        StringLike: keys({ [`${prefix.toUpperCase()}:SUB`]: subjects, [`${prefix}:aud`]: audience }),
        StringNotLike: keys({ [`${prefix}:sub`]: subjects }),
        "ForAnyValue:StringLike": keys({ [`${prefix}:sub`]: subjects }),
        StringEqualsIfExists: keys({ ...pins }),
        IpAddress: keys(foreign),
        Bool: fc.constant({ "aws:SecureTransport": true }),
      },
      { requiredKeys: [] },
    )
    .map(asJson<NonNullable<RawStatement["Condition"]>>);
}

type RawValue = string | boolean | number;
type RawValues = RawValue | RawValue[];

function anyStatement(place: FormPlace): fc.Arbitrary<RawStatement> {
  const provider = providerFor(place.project, place.account);
  const assume = "sts:AssumeRoleWithWebIdentity";
  const principal = fc.constantFrom<NonNullable<RawStatement["Principal"]>>(
    { Federated: provider },
    { Federated: [provider] },
    { Federated: [provider, "arn:aws:iam::777788889999:oidc-provider/token.actions.githubusercontent.com"] },
    { AWS: "arn:aws:iam::111122223333:root" },
    { AWS: ["111122223333"], Federated: provider },
    "*",
  );
  const sid = fc.option(fc.constantFrom("GitLab", "Ops", "Deny1"), { nil: undefined });
  const ours = fc.record(
    {
      Sid: sid,
      Effect: fc.constant("Allow" as const),
      Principal: fc.constantFrom({ Federated: provider }, { Federated: [provider] }),
      Action: fc.constantFrom<string | string[]>(assume, [assume]),
      Condition: anyCondition(place),
    },
    { requiredKeys: ["Effect", "Principal", "Action"] },
  );
  const any = fc.record(
    {
      Effect: fc.constantFrom("Allow" as const, "Deny" as const),
      Sid: sid,
      Principal: principal,
      NotPrincipal: principal,
      Action: fc.constantFrom<string | string[]>(assume, "sts:AssumeRole", ["sts:TagSession", assume], "*"),
      NotAction: fc.constant("sts:TagSession"),
      Condition: anyCondition(place),
    },
    { requiredKeys: ["Effect"] },
  );
  return fc.oneof({ weight: 3, arbitrary: ours }, { weight: 2, arbitrary: any }).map(asJson<RawStatement>);
}

/** A value as JSON holds it: an absent member is not there. */
const asJson = <Value>(value: unknown): Value => JSON.parse(JSON.stringify(value)) as Value;

export function policyOf(statements: fc.Arbitrary<RawStatement>): fc.Arbitrary<RawPolicy> {
  return fc
    .record(
      {
        Statement: fc.oneof(statements, fc.array(statements, { minLength: 1, maxLength: 4 })),
        Version: fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17"),
        Id: fc.constant("made-by-hand"),
      },
      { requiredKeys: ["Statement"] },
    )
    .map(asJson<RawPolicy>);
}

const values = {
  "s3-deploy": { bucket: ["acme-web"], prefix: ["", "site/"], kmsKey: ["", "1234abcd-12ab-34cd-56ef-1234567890ab"] },
  "ecr-push": { repository: ["shop/web", "app"] },
  "lambda-deploy": { function: ["orders"] },
  "terraform-state": { bucket: ["state"], key: ["a.tfstate", "b/c"], workspaces: ["", "env:"], kmsKey: [""] },
  "cloudfront-invalidation": { distribution: ["EDFDVBD632BHDS5"] },
} satisfies Record<string, Record<string, string[]>>;

/** A template of the form with values that are free of problems, each parameter named. */
export const anyTemplate = fc.oneof(
  ...Object.entries(values).map(([template, parameters]) =>
    fc
      .record(
        Object.fromEntries(Object.entries(parameters).map(([name, choices]) => [name, fc.constantFrom(...choices)])),
      )
      .map((filled) => ({ kind: "template" as const, template, values: filled })),
  ),
);

export const permissionStatement: fc.Arbitrary<RawStatement> = fc
  .record(
    {
      Resource: fc.constantFrom<string | string[]>("*", ["arn:aws:s3:::web/*"]),
      Effect: fc.constantFrom("Allow" as const, "Deny" as const),
      Action: fc.constantFrom<string | string[]>("s3:*", ["s3:GetObject"], ["s3:GetObject", "s3:PutObject"]),
      Condition: fc.constantFrom<NonNullable<RawStatement["Condition"]>>(
        { Bool: { "aws:SecureTransport": true } },
        { NumericLessThan: { "s3:max-keys": [10] } },
      ),
    },
    { requiredKeys: ["Resource", "Effect", "Action"] },
  )
  .map(asJson<RawStatement>);

function anyInlinePolicy({ account: held }: FormPlace): fc.Arbitrary<RawPolicy> {
  const made = anyTemplate.map(({ template: id, values: filled }) => {
    const template = templates.find((one) => one.id === id);
    if (!template) throw new Error(`No template ${id}`);
    return template.build(filled, templatePlace(held));
  });
  const inLists = made.map(
    ({ Statement, ...rest }): RawPolicy => ({
      Statement: statementsOf({ Statement }).map(({ Action, Resource, ...one }) => ({
        ...(Resource === undefined ? {} : { Resource: [Resource].flat() }),
        ...one,
        ...(Action === undefined ? {} : { Action: [Action].flat() }),
      })),
      ...rest,
    }),
  );
  const foreign = fc.constantFrom<RawPolicy>(
    { Statement: { Effect: "Allow", NotAction: "s3*:Get*", Resource: ["*"] } },
    { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  );
  return fc.oneof(made, inLists, foreign, policyOf(permissionStatement));
}

const policyName = fc.constantFrom("deploy", "logs", "a", "7", "12", "z-last");

/** A role as AWS may hold it: several statements, policies and conditions, in any shape and order. */
export function anyDocument(place: FormPlace): fc.Arbitrary<RoleDocument> {
  return fc
    .record(
      {
        tags: fc.dictionary(fc.constantFrom("trustdesk:managed", "team", "1", "cost-centre"), fc.constant("x")),
        name: fc.constant("web-deploy"),
        path: fc.constant("/ci/"),
        inlinePolicies: fc.dictionary(policyName, anyInlinePolicy(place), { maxKeys: 5 }),
        trustPolicy: policyOf(anyStatement(place)),
        maxSessionSeconds: fc.integer({ min: 3600, max: 43_200 }),
        description: fc.constantFrom("", "Made by hand"),
        boundaryArn: fc.constantFrom(null, "arn:aws:iam::777788889999:policy/boundary"),
        attachedPolicies: fc.constantFrom<string[]>([], ["arn:aws:iam::aws:policy/ReadOnlyAccess"]),
      },
      {
        requiredKeys: [
          "tags",
          "name",
          "path",
          "inlinePolicies",
          "trustPolicy",
          "maxSessionSeconds",
          "description",
          "boundaryArn",
        ],
      },
    )
    .map(asJson<RoleDocument>);
}
