import { describe, expect, it } from "vitest";
import { livesOf } from "@/lib/admission/life";
import { survey } from "@/lib/admission/survey";
import { defaultComponents } from "@/lib/gitlab-ci/components";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import { providerArn } from "@/lib/iam/arn";
import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import { examples } from "./examples";
import type { FindingId } from "./finding";
import { findingPages, findings } from "./table";

const shop: MintingProject = {
  issuer: "https://gitlab.com",
  path: "acme/shop",
  id: "7301",
  namespaceId: "55",
  components: defaultComponents,
  refs: [
    { name: "main", type: "branch", protected: true },
    { name: "release/1", type: "branch", protected: true },
    { name: "develop", type: "branch", protected: true },
    { name: "next", type: "branch", protected: false },
  ],
  protectedBranches: [
    { name: "main", push: 40, merge: 40 },
    { name: "release/*", push: 40, merge: 40 },
    { name: "develop", push: 30, merge: 30 },
  ],
  protectedTags: [],
  gitlabVersion: null,
  visibility: "private",
  forksRunInParent: null,
};

/** What is otherwise in the project of some examples. */
const otherwise: Partial<Record<FindingId, Partial<MintingProject>>> = {
  "forks-here": { gitlabVersion: "18.0.0-ee", forksRunInParent: true },
};

/** Trusts of another issuer are read for a project there. */
function issuerOf(statements: readonly PolicyStatement[]): string {
  return /gitlab\.acme\.example(:\d+)?/.exec(JSON.stringify(statements))?.[0] ?? "gitlab.com";
}

function found(id: FindingId, statements: readonly PolicyStatement[]) {
  const where = findingPages.find((page) => page.id === id)?.where;
  const issuer = `https://${issuerOf(statements)}`;
  const project: MintingProject = { ...shop, issuer, ...otherwise[id] };
  const provider = {
    arn: providerArn({ partition: "aws", accountId: "111122223333", issuer: project.issuer }),
    issuer: project.issuer,
    audiences: ["https://sts.amazonaws.com"],
    at: new Date("2026-11-25T00:00:00Z"),
  };
  const document = readPolicy(JSON.parse(JSON.stringify({ Version: "2012-10-17", Statement: statements })));
  const trust = where === "what" ? readPolicy({ Version: "2012-10-17", Statement: [] }) : document;
  const answers = survey(trust, project, provider);
  return findings({
    trustPolicy: trust,
    isList: true,
    survey: answers,
    lives: livesOf(trust, answers),
    unseen: null,
    refsComplete: true,
    inlinePolicies: where === "what" ? [document] : [],
    attachedPolicies: [],
    portalAudience: "trustdesk-client-id",
  });
}

describe.each(Object.keys(examples) as FindingId[])("the example of %s", (id) => {
  const { has, mended } = examples[id] ?? { has: [], mended: null };
  const page = findingPages.find((one) => one.id === id);

  it("has it, as bad as its page says", () => {
    const all = found(id, has);
    const finding = all.find((one) => one.id === id);
    expect(finding, `it has ${all.map((one) => one.id).join(", ")}`).toBeDefined();
    expect(page?.severities).toContain(finding?.severity);
  });

  it.runIf(mended)("does not have it any more where it is mended, nor any danger", () => {
    const all = found(id, mended ?? []);
    expect(all.map((one) => one.id)).not.toContain(id);
    expect(all.filter(({ severity }) => severity === "danger").map((one) => one.id)).toEqual([]);
  });
});
