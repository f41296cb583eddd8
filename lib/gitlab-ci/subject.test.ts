import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SubjectComponent } from "./claims";
import { claims, gitlabComConditionKeys, subjectComponents } from "./claims";
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

  it("in a policy says of each component what the trust knows, and * of what it does not", () => {
    const parts = { projectPath: "acme/api", projectId: "42", refType: "*", ref: "release/*" } as const;
    const all = [...subjectComponents];
    expect(subjectPattern(all, parts)).toBe(
      "project_path:acme/api:project_id:42:ref_type:*:ref:release/*:ref_protected:*:environment_protected:*:deployment_tier:*",
    );
    expect(subjectPattern(["project_id", "ref_protected"], { ...parts, refProtected: "true" })).toBe(
      "project_id:42:ref_protected:true",
    );
  });

  it("in a policy escapes what IAM would take for a variable", () => {
    expect(
      subjectPattern(["project_id", "ref"], {
        projectPath: "acme/api",
        projectId: "42",
        refType: "tag",
        ref: "${a}${b}",
      }),
    ).toBe("project_id:42:ref:${$}{a}${$}{b}");
  });
});

describe("a project's components", () => {
  it("are taken as GitLab answers them", () =>
    expect(parseComponents(["project_id", "ref_type", "ref"])).toEqual({
      ok: true,
      components: ["project_id", "ref_type", "ref"],
    }));
  it.each<[unknown, string]>([
    [undefined, "only its Maintainers may read them"],
    [null, "only its Maintainers may read them"],
    ["project_path", "are not a list of names"],
    [[], "are not a list of names"],
    [["ref", "project_path"], "must begin with project_path or project_id"],
    [["project_path", "environment"], 'does not know the subject component "environment"'],
    [["project_path", "project_path"], "is listed twice"],
  ])("are refused, not guessed: %j", (value, words) =>
    expect(parseComponents(value)).toMatchObject({ ok: false, reason: expect.stringContaining(words) as string }),
  );
  it.each<[SubjectComponent[], string[]]>([
    [[...defaultComponents], []],
    [["project_path", "ref_type"], ["every branch and tag of the project mints the same subject"]],
    [["project_path", "ref"], ["a tag with a branch's name mints the branch's subject"]],
    [["project_id", "ref_type", "ref", "deployment_tier"], ["without an environment has no deployment_tier:"]],
    [
      ["project_path", "environment_protected", "deployment_tier"],
      ["mints the same subject", "has no environment_protected and no deployment_tier:"],
    ],
  ])("%j are warned of where jobs share a subject, or lose a part of it", (components, words) => {
    const warnings = componentWarnings(components);
    expect(warnings).toEqual(words.map((part) => expect.stringContaining(part) as string));
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
    ["*-stable", "v1-stable-2", false],
    ["release/*", "old/release/1", false],
    ["a*b*c", "a-b-c", true],
    ["a*b*c", "a-c", false],
    ["f(x)", "f(x)", true],
    ["f[x]", "fx", false],
    ["Main", "main", false],
    ["", "main", false],
  ])("%s matches %s: %s", (pattern, ref, fits) => expect(patternMatches(pattern, ref)).toBe(fits));
  it("take in whatever stands for the star, and nothing that lacks what surrounds it", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "b", "/", ".", "+", "(", "^", "$", "\\"), maxLength: 8 });
    fc.assert(
      fc.property(name, name, name, (before, middle, after) => {
        expect(patternMatches(`${before}*${after}`, before + middle + after)).toBe(true);
        expect(patternMatches(`${before}*${after}`, middle)).toBe(
          middle.length >= before.length + after.length && middle.startsWith(before) && middle.endsWith(after),
        );
        expect(patternMatches(before, after)).toBe(before === after);
      }),
    );
  });
  it("are told from names", () => expect(["main", "release/*", "v?"].map(isPattern)).toEqual([false, true, true]));
});

/** IAM user guide, "Create an OIDC provider": the URL without its scheme; a path and any port but 443 are part of it. */
describe("an issuer", () => {
  it.each([
    ["https://gitlab.com", "gitlab.com"],
    ["HTTPS://gitlab.com", "gitlab.com"],
    ["http://gitlab.test", "gitlab.test"],
    ["gitlab.com", "gitlab.com"],
    ["https://gitlab.com:443", "gitlab.com"],
    ["https://gitlab.example.com:443/git", "gitlab.example.com/git"],
    ["https://gitlab.example.com:8443/gitlab", "gitlab.example.com:8443/gitlab"],
    ["https://gitlab.example.com:4430", "gitlab.example.com:4430"],
    ["https://gitlab.example.com/a:443", "gitlab.example.com/a:443"],
    ["https://gitlab.example.com/Git/", "gitlab.example.com/Git/"],
    ["mirror.example.com/https://gitlab.com", "mirror.example.com/https://gitlab.com"],
  ])("%s becomes the provider's host and path, %s", (issuer, provider) =>
    expect(providerUrlPath(issuer)).toBe(provider),
  );
  it.each([
    ["https://gitlab.com", true],
    ["https://GitLab.com:443", true],
    ["https://gitlab.com.evil.example", false],
    ["https://gitlab.example.com", false],
    ["https://gitlab.com/git", false],
  ])("%s has gitlab.com's own condition keys: %s", (issuer, expected) => expect(isGitlabCom(issuer)).toBe(expected));
});
