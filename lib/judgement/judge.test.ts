import { describe, expect, it } from "vitest";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { statementsOf } from "@/lib/iam/policy-schema";
import type { PolicyStatement } from "@/lib/iam/trust-policy";
import type { Judged } from "./judge";
import { judge } from "./judge";
import type { AccessDocument } from "./judgement";
import { mayGetIn } from "./judgement";
import type { LiveProject } from "./project";

const audience = "https://sts.amazonaws.com";
const place = { accountId: "111122223333", partition: "aws", issuer: "https://gitlab.com", audience };
const provider = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const refs: GitRef[] = ["main", "feature/x"].map((name) => ({
  name,
  type: "branch",
  protected: name === "main",
  default: name === "main",
  pushedAt: null,
  whoMayPush: "developers",
}));
const live: LiveProject = {
  view: {
    projectId: 42,
    path: "acme/web",
    namespaceId: 7,
    namespacePath: "acme",
    components: ["project_path", "ref_type", "ref"],
    componentsReason: null,
  },
  refs,
};
const subject = (ref: string) => `project_path:acme/web:ref_type:branch:ref:${ref}`;

function trusting(ref: string, condition: PolicyStatement["Condition"] = {}): AccessDocument {
  const equals = {
    "gitlab.com:aud": audience,
    "gitlab.com:project_id": "42",
    "gitlab.com:sub": subject(ref),
    ...condition["StringEquals"],
  };
  return {
    trustPolicy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: provider },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { ...condition, StringEquals: equals },
        },
      ],
    },
    inlinePolicies: {},
  };
}

const judged = (document: AccessDocument, changes: Partial<Judged> = {}) =>
  judge({
    project: { id: 42, path: "acme/web" },
    live,
    place,
    after: { document, provider: "as planned" },
    before: null,
    ...changes,
  });
const ids = ({ findings }: { findings: { id: string }[] }) => findings.map(({ id }) => id);

describe("who gets in", () => {
  it("is in, out or untold, and the three are never the same", () => {
    const { after, out, grade } = judged(trusting("main"));
    expect(after).toMatchObject({ kind: "refs", in: [{ ref: { name: "main" } }], untold: [], asked: 2 });
    expect(out.map(({ ref }) => ref.name)).toEqual(["feature/x"]);
    expect(grade).toBe("safe");
  });

  it.each<[string, PolicyStatement["Condition"], string]>([
    [
      "an operator that is not evaluated",
      { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
      "IpAddress on aws:SourceIp",
    ],
    [
      "a key that only the running job tells",
      { StringEquals: { "gitlab.com:pipeline_source": "push" } },
      "StringEquals on gitlab.com:pipeline_source",
    ],
    [
      "a variable that nobody resolves here",
      { StringLike: { "gitlab.com:sub": "${aws:SourceVpc}" } },
      "StringLike on gitlab.com:sub",
    ],
  ])("is untold behind %s: not out, and not safe", (_what, condition, named) => {
    const { after, findings, grade } = judged(trusting("main", condition));
    expect(after).toMatchObject({ kind: "refs", in: [], untold: [{ ref: { name: "main" }, verdict: "untold" }] });
    expect(mayGetIn(after).map(({ ref }) => ref.name)).toEqual(["main"]);
    expect(findings.find(({ id }) => id === "cannot-be-told")).toMatchObject({
      severity: "caution",
      why: expect.stringContaining(named) as string,
    });
    expect(grade).not.toBe("safe");
  });

  it("is dangerous by whom it may let in, not by whom it surely does", () => {
    const behind = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
    expect(ids(judged(trusting("feature/x", behind)))).toContain("unprotected-ref");
  });

  it("tells an undecided Deny as well, even where no ref meets it today", () => {
    const document = trusting("main");
    const deny: PolicyStatement = {
      Effect: "Deny",
      Principal: "*",
      Action: "sts:*",
      Condition: { DateGreaterThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } },
    };
    const trustPolicy = { ...document.trustPolicy, Statement: [...statementsOf(document.trustPolicy), deny] };
    const { after, findings } = judged({ ...document, trustPolicy });
    expect(after).toMatchObject({ in: [], untold: [{ ref: { name: "main" } }] });
    expect(findings.map(({ id }) => id)).toContain("cannot-be-told");
    expect(ids(judged({ ...document, trustPolicy }, { live: { ...live, refs: [] } }))).toContain("cannot-be-told");
  });

  it("is nobody without a provider that takes the tokens, and the trust is judged all the same", () => {
    const document = trusting("feature/x");
    const { after, findings } = judged(document, { after: { document, provider: null } });
    expect(after).toMatchObject({ kind: "nobody" });
    expect(findings.map(({ id }) => id)).toContain("unprotected-ref");
    expect(judged(document, { after: { document, provider: { audiences: ["another"] } } }).after.kind).toBe("nobody");
    expect(judged(document, { after: { document, provider: { audiences: [audience] } } }).after.kind).toBe("refs");
  });

  it.each<[string, Partial<Judged>]>([
    ["the project", { live: null }],
    ["its subject", { live: { ...live, view: { ...live.view, components: null, componentsReason: "Hidden." } } }],
    ["its refs", { live: { ...live, refs: null } }],
  ])("is not told where GitLab hides %s, and never safe", (_what, changes) => {
    const { after, grade, findings } = judged(trusting("main"), changes);
    expect(after.kind).toBe("untold");
    expect([grade, findings.map(({ id }) => id)]).toEqual(["caution", ["unseen-refs"]]);
  });

  it("is told of the refs that were seen where GitLab has more, and never safe", () => {
    const { after, grade, findings } = judged(trusting("main"), { live: { ...live, refsComplete: false } });
    expect(after).toMatchObject({ kind: "refs", in: [{ ref: { name: "main" } }], asked: 2 });
    expect([grade, findings.map(({ id, title }) => [id, title])]).toEqual([
      "caution",
      [["unseen-refs", "Who gets in was judged in part"]],
    ]);
    expect(judged(trusting("main"), { live: { ...live, refsComplete: true } }).grade).toBe("safe");
  });

  it("counts a wildcard of actions: sts:AssumeRole* lets web identities in", () => {
    const document = trusting("main");
    const open = statementsOf(document.trustPolicy).map((statement) => ({
      ...statement,
      Action: "sts:AssumeRole*",
      Condition: {},
    }));
    const { grade, findings } = judged({ ...document, trustPolicy: { Version: "2012-10-17", Statement: open } });
    expect([grade, findings.map(({ id }) => id)]).toEqual([
      "danger",
      expect.arrayContaining(["subject-missing-or-star"]),
    ]);
  });
});

describe("a role that goes", () => {
  it("is judged by its use, and by whose jobs fail, also those of whom it could not be told", () => {
    const behind = trusting("main", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } });
    const { after, before, findings } = judged(behind, {
      after: { nobody: "the role goes" },
      before: { document: behind, provider: "as planned" },
      lastUsedAt: "2026-11-20T08:00:00Z",
    });
    expect([after.kind, before?.kind]).toEqual(["nobody", "refs"]);
    expect(findings).toMatchObject([{ id: "still-in-use", why: expect.stringContaining("main") as string }]);
  });

  it("is no worry while nobody has used it", () => {
    expect(judged(trusting("main"), { after: { nobody: "the role goes" } })).toMatchObject({
      findings: [],
      grade: "safe",
    });
  });
});
