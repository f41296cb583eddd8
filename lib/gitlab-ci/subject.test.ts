import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claims, gitlabComConditionKeys } from "./claims";
import { componentWarnings, defaultComponents, parseComponents } from "./components";
import { isGitlabCom, providerUrlPath } from "./issuer";
import { isPattern, patternMatches } from "./ref-pattern";
import { subjectFor, subjectPattern } from "./subject";

describe("the subject", () => {
  it("is GitLab's default", () => {
    expect(subjectFor(defaultComponents, { project_path: "acme/api", ref_type: "branch", ref: "feature/x" })).toBe(
      "project_path:acme/api:ref_type:branch:ref:feature/x",
    );
  });

  it("drops components without a value", () => {
    expect(
      subjectFor(["project_path", "ref", "deployment_tier"], {
        project_path: "acme/api",
        ref: "main",
        deployment_tier: "",
      }),
    ).toBe("project_path:acme/api:ref:main");
  });

  it("of a plain ref is the same in a token and in a policy", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "Z", "/", "-", ".", "$", "_"), minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        name,
        (ref) =>
          subjectPattern(defaultComponents, { projectPath: "acme/api", projectId: "42", refType: "branch", ref }) ===
          subjectFor(defaultComponents, { project_path: "acme/api", ref_type: "branch", ref }),
      ),
    );
  });

  it("in a policy escapes what IAM would take for a variable", () => {
    expect(
      subjectPattern(["project_id", "ref"], { projectPath: "acme/api", projectId: "42", refType: "tag", ref: "a${b}" }),
    ).toBe("project_id:42:ref:a${$}{b}");
  });
});

describe("a project's components", () => {
  it("are taken as GitLab answers them", () =>
    expect(parseComponents(["project_id", "ref_type", "ref"])).toEqual({
      ok: true,
      components: ["project_id", "ref_type", "ref"],
    }));
  it.each([
    [undefined],
    [null],
    ["project_path"],
    [[]],
    [["ref", "project_path"]],
    [["project_path", "environment"]],
    [["project_path", "project_path"]],
  ])("are refused, not guessed: %j", (value) =>
    expect(parseComponents(value)).toMatchObject({ ok: false, reason: expect.any(String) as string }),
  );
  it("without the ref are warned of", () => {
    expect(componentWarnings(["project_path", "ref_type"])).toHaveLength(1);
    expect(componentWarnings(defaultComponents)).toEqual([]);
  });
});

it("nine claims are condition keys on gitlab.com", () => {
  expect([...gitlabComConditionKeys].sort()).toEqual([
    "namespace_id",
    "pipeline_source",
    "project_id",
    "ref_protected",
    "runner_environment",
    "user_access_level",
    "user_email",
    "user_id",
    "user_login",
  ]);
  expect(new Set(claims.map(({ name }) => name)).size).toBe(claims.length);
});

describe("GitLab's wildcards", () => {
  it.each([
    ["release/*", "release/1/2", true],
    ["*-stable", "v1-stable", true],
    ["v1.0", "v1x0", false],
    ["main", "main2", false],
    ["*", "a/b", true],
    ["v?", "v1", false],
  ])("%s matches %s: %s", (pattern, ref, fits) => expect(patternMatches(pattern, ref)).toBe(fits));
  it("are told from names", () => expect(["main", "release/*", "v?"].map(isPattern)).toEqual([false, true, true]));
});

it("an issuer becomes the provider's host and path", () => {
  expect(
    ["https://gitlab.com", "https://gitlab.example.com:443/git", "https://gitlab.example.com:8443/gitlab"].map(
      providerUrlPath,
    ),
  ).toEqual(["gitlab.com", "gitlab.example.com/git", "gitlab.example.com:8443/gitlab"]);
  expect(
    ["https://gitlab.com", "https://gitlab.com.evil.example", "https://gitlab.example.com"].map(isGitlabCom),
  ).toEqual([true, false, false]);
});
