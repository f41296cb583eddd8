import { describe, expect, it } from "vitest";
import { takes } from "@/lib/language/search";
import { holds, mintingProject } from "@/lib/testing/minting";
import type { SubjectComponent } from "../components";
import { classOfRef } from "./class-of-ref";

const main = { name: "main", type: "branch", protected: true } as const;
const feature = { name: "feature/x", type: "branch", protected: false } as const;
const own = "project_path:acme/shop:ref_type:branch:ref:main";

describe("the tokens of a ref", () => {
  it("have its one subject, whichever the audience", () => {
    const { claims } = classOfRef(mintingProject(), main);
    expect(claims["sub"]).toEqual({
      values: [{ pattern: { kind: "text", text: own, fold: false }, inside: true }],
      mayLack: false,
      chosen: false,
    });
    expect(claims["aud"]?.chosen).toBe(true);
    expect(claims["oaud"]?.chosen).toBe(true);
  });

  it.each([
    [main, "the protected branch main"],
    [feature, "the branch feature/x"],
    [{ name: "v1", type: "tag", protected: true } as const, "the protected tag v1"],
  ])("of %j are said in words", (ref, words) => {
    expect(classOfRef(mintingProject(), ref)).toMatchObject({ kind: "ref", words });
  });

  it.each<[Record<string, string>, boolean]>([
    [{ project_id: "20", namespace_id: "55", ref_protected: "true" }, true],
    [{ project_id: "21" }, false],
    [{ namespace_id: "56" }, false],
    [{ ref_protected: "false" }, false],
    [{ pipeline_source: "push" }, true],
    [{ pipeline_source: "schedule" }, true],
    [{ pipeline_source: "merge_request_event" }, true],
    [{ pipeline_source: "parade" }, false],
    [{ runner_environment: "gitlab-hosted" }, true],
    [{ user_access_level: "maintainer" }, true],
    [{ user_access_level: "reporter" }, false],
    [{ aud: "https://gitlab.com" }, true],
    [{ aud: "" }, false],
    [{ email: "rina@example.com" }, false],
    [{ environment: "production" }, false],
  ])("can say %j: %s", (token, expected) => {
    expect(holds(classOfRef(mintingProject(), main), token)).toBe(expected);
  });

  it("of an unprotected branch say so", () => {
    expect(holds(classOfRef(mintingProject(), feature), { ref_protected: "false" })).toBe(true);
    expect(holds(classOfRef(mintingProject(), feature), { ref_protected: "true" })).toBe(false);
  });

  it("say what is not known as any", () => {
    expect(holds(classOfRef(mintingProject({ namespaceId: null }), main), { namespace_id: "99" })).toBe(true);
    expect(classOfRef(mintingProject(), main).claims["user_access_level"]?.mayLack).toBe(true);
  });

  it("run on GitLab's own runners on gitlab.com alone", () => {
    const project = mintingProject({ issuer: "https://git.acme.test" });
    expect(holds(classOfRef(project, main), { runner_environment: "gitlab-hosted" })).toBe(false);
    expect(holds(classOfRef(project, main), { runner_environment: "self-hosted" })).toBe(true);
  });

  it.each([
    [feature, "any Developer of acme/shop"],
    [main, "maintainers of acme/shop"],
    [{ ...main, name: "elsewhere-protected" }, "not known"],
    [{ name: "v1", type: "tag", protected: true } as const, "maintainers of acme/shop"],
  ])("of %j are minted by %s", (ref, who) => {
    expect(classOfRef(mintingProject(), ref).who).toBe(who);
  });

  it("of an unprotected branch are any Developer's, known rules or not", () => {
    const project = mintingProject({ protectedBranches: null });
    expect(classOfRef(project, feature).who).toBe("any Developer of acme/shop");
    expect(classOfRef(project, main).who).toBe("not known");
  });
});

describe("a subject of other components", () => {
  it.each<[SubjectComponent[], string[], string[]]>([
    [["project_id", "ref_type", "ref"], ["project_id:20:ref_type:branch:ref:main"], [own]],
    [
      ["project_path", "ref_protected"],
      ["project_path:acme/shop:ref_protected:true"],
      ["project_path:acme/shop:ref_protected:false"],
    ],
    [["project_path"], ["project_path:acme/shop"], [own]],
    [
      ["project_path", "deployment_tier", "ref"],
      ["project_path:acme/shop:ref:main", "project_path:acme/shop:deployment_tier:staging:ref:main"],
      ["project_path:acme/shop:deployment_tier:prod:ref:main"],
    ],
    [
      ["project_path", "environment_protected", "deployment_tier"],
      [
        "project_path:acme/shop",
        "project_path:acme/shop:environment_protected:true:deployment_tier:production",
        "project_path:acme/shop:environment_protected:false:deployment_tier:other",
      ],
      ["project_path:acme/shop:deployment_tier:production", "project_path:acme/shop:environment_protected:true"],
    ],
  ])("%j", (components, inside, outside) => {
    const made = classOfRef(mintingProject({ components }), main);
    expect(inside.filter((sub) => !holds(made, { sub }))).toEqual([]);
    expect(outside.filter((sub) => holds(made, { sub }))).toEqual([]);
  });

  const subOf = (components: SubjectComponent[] | null) =>
    classOfRef(mintingProject({ components }), main).claims["sub"];

  it("is the job's choice where it names the environment", () => {
    expect(subOf(["project_path", "deployment_tier"])).toMatchObject({ chosen: true });
    expect(subOf(["project_path", "deployment_tier"])).not.toHaveProperty("atWill");
    expect(subOf(["project_path", "ref"])).toMatchObject({ chosen: false });
  });

  it("names a protected environment not for every job", () => {
    const atWill = (sub: string) =>
      subOf(["project_path", "environment_protected"])?.atWill?.every(({ pattern }) => takes(pattern, sub));
    expect(atWill("project_path:acme/shop")).toBe(true);
    expect(atWill("project_path:acme/shop:environment_protected:false")).toBe(true);
    expect(atWill("project_path:acme/shop:environment_protected:true")).toBe(false);
  });

  it("can be any of the project's where the components are not known, and is nobody's choice", () => {
    const made = classOfRef(mintingProject({ components: null }), main);
    const inside = [
      own,
      "project_id:20:ref:main",
      "project_path:acme/shop",
      "project_path:acme/shop:deployment_tier:other:ref:main",
    ];
    const outside = [
      "project_path:acme/shop:ref:feature/x",
      "project_path:acme/shop:ref_type:tag:ref:main",
      "project_path:acme/shop:ref_protected:false",
      "project_id:21:ref:main",
      "ref:main",
    ];
    expect(inside.filter((sub) => !holds(made, { sub }))).toEqual([]);
    expect(outside.filter((sub) => holds(made, { sub }))).toEqual([]);
    expect(made.claims["sub"]?.chosen).toBe(false);
    const unprotected = classOfRef(mintingProject({ components: null }), feature);
    expect(holds(unprotected, { sub: "project_path:acme/shop:ref_protected:false" })).toBe(true);
    expect(holds(unprotected, { sub: "project_path:acme/shop:ref_protected:true" })).toBe(false);
  });
});
