import { describe, expect, it } from "vitest";
import { projectText } from "@/lib/testing/policy-files";
import { readLintProject } from "./lint-project";

const base = JSON.parse(projectText) as Record<string, unknown>;
const read = (change: Record<string, unknown>) => readLintProject({ ...base, ...change });

describe("a project file", () => {
  it("is what the project can mint; what it leaves out is not known", () => {
    expect(readLintProject({ issuer: "https://gitlab.com", project: { path: "acme/shop", id: 7301 } })).toEqual({
      ok: true,
      project: {
        issuer: "https://gitlab.com",
        path: "acme/shop",
        id: "7301",
        namespaceId: null,
        components: ["project_path", "ref_type", "ref"],
        refs: null,
        protectedBranches: null,
        protectedTags: null,
        gitlabVersion: null,
        visibility: null,
        forksRunInParent: null,
        account: null,
        audiences: null,
      },
      notes: [expect.stringContaining("(project_path, ref_type, ref)")],
    });
  });

  it("holds all that it may", () => {
    const all = {
      refs: ["branch main (protected)", "branch a(b)", "tag v1 (protected, default)", "branch x (default)"],
      protectedBranches: [
        { name: "main", push: 40, merge: 30, named: ["pia"] },
        "release/*",
        { name: "x", push: null },
      ],
      protectedTags: ["v*", { name: "w", create: 60 }],
      account: "111122223333",
      subjectComponents: ["project_id", "ref"],
      audiences: ["a"],
      gitlabVersion: "18.2.1-ee",
    };
    expect(read(all)).toMatchObject({
      project: {
        namespaceId: "55",
        refs: [
          { name: "main", type: "branch", protected: true },
          { name: "a(b)", type: "branch", protected: false },
          { name: "v1", type: "tag", protected: true },
          { name: "x", type: "branch", protected: false },
        ],
        protectedBranches: [
          { name: "main", push: 40, merge: 30, named: ["pia"] },
          { name: "release/*", push: null, merge: null },
          { name: "x", push: null, merge: null },
        ],
        protectedTags: [
          { name: "v*", create: null },
          { name: "w", create: 60 },
        ],
        account: "111122223333",
        components: ["project_id", "ref"],
        audiences: ["a"],
        gitlabVersion: "18.2.1-ee",
      },
      notes: [],
    });
  });

  it("tells no rules from rules that are not known", () => {
    const none = { protectedBranches: [], protectedTags: [] };
    expect(read(none)).toMatchObject({ project: none });
    expect(read({})).toMatchObject({ project: { protectedBranches: null, protectedTags: null } });
  });

  it("may hold a trust beside, which is not read, and that is noted", () => {
    expect(read({ trust: "x" })).toMatchObject({
      ok: true,
      notes: [expect.anything(), expect.stringContaining("trust")],
    });
  });

  it.each<[string, unknown, string, string]>([
    ["a list", [], "", "A project file holds an object."],
    ["no issuer", { ...base, issuer: undefined }, "/issuer", "The issuer is wanted here, as text."],
    ["an issuer without scheme", { ...base, issuer: "gitlab.com" }, "/issuer", "The issuer is a URL with https://."],
    ["an issuer by http", { ...base, issuer: "http://git.test" }, "/issuer", "The issuer is a URL with https://."],
    ["no project", { ...base, project: 1 }, "/project", "project is an object with path, id and namespaceId."],
    [
      "no id",
      { ...base, project: { path: "a/b" } },
      "/project/id",
      "The project's id is wanted here: GitLab's number.",
    ],
    [
      "an id that is a name",
      { ...base, project: { path: "a/b", id: "x" } },
      "/project/id",
      "The project's id is GitLab's number: digits and nothing else.",
    ],
    [
      "a namespace that is a path",
      { ...base, project: { path: "a/b", id: "1", namespaceId: "a" } },
      "/project/namespaceId",
      "The namespace's id is GitLab's number: digits and nothing else.",
    ],
    [
      "a path without group",
      { ...base, project: { path: "shop", id: "1" } },
      "/project/path",
      "The project's path is group/project.",
    ],
    ["refs that are no list", { ...base, refs: "branch main" }, "/refs", "refs is a list."],
    [
      "a ref without type",
      { ...base, refs: ["branch a", "main"] },
      "/refs/1",
      'A ref is "branch NAME" or "tag NAME", with " (protected)" behind one that is.',
    ],
    [
      "a ref with another mark",
      { ...base, refs: ["branch a (open)"] },
      "/refs/0",
      'A ref is "branch NAME" or "tag NAME", with " (protected)" behind one that is.',
    ],
    ["a ref of another kind", { ...base, refs: [1] }, "/refs/0", 'A ref is a text such as "branch main (protected)".'],
    [
      "a level that GitLab has not",
      { ...base, protectedBranches: ["a", { name: "m", push: 35 }] },
      "/protectedBranches/1/push",
      "push: 0, 30, 40, 60, or null.",
    ],
    [
      "a rule that is a number",
      { ...base, protectedTags: [3] },
      "/protectedTags/0",
      "A rule is a name, or an object with name and create.",
    ],
    [
      "a branch's rule that is null",
      { ...base, protectedBranches: [null] },
      "/protectedBranches/0",
      "A rule is a name, or an object with name, push and merge.",
    ],
    [
      "a rule without a name",
      { ...base, protectedTags: [{ create: 40 }] },
      "/protectedTags/0/name",
      "The rule's name is wanted here, as text.",
    ],
    [
      "a rule's member that is wrong",
      { ...base, protectedTags: [{ name: "v", push: 40 }] },
      "/protectedTags/0/push",
      '"push" is no member of a project file.',
    ],
    [
      "rules that are no list",
      { ...base, protectedBranches: "main" },
      "/protectedBranches",
      "protectedBranches is a list.",
    ],
    ["an account of other length", { ...base, account: "123" }, "/account", "account has twelve digits."],
    ["an account as a number", { ...base, account: 111122223333 }, "/account", "account is text: twelve digits."],
    ["no components", { ...base, subjectComponents: [] }, "/subjectComponents", "subjectComponents is empty."],
    [
      "components that GitLab refuses",
      { ...base, subjectComponents: ["ref"] },
      "/subjectComponents",
      "The subject must begin with project_path or project_id; GitLab refuses anything else.",
    ],
    ["an audience that is empty", { ...base, audiences: [""] }, "/audiences/0", "An audience is empty."],
    [
      "a version that is none",
      { ...base, gitlabVersion: "new" },
      "/gitlabVersion",
      'gitlabVersion is as /metadata answers it, e.g. "19.4.1-ee".',
    ],
  ])("with %s is refused in words, with its place", (_what, value, pointer, reason) => {
    expect(readLintProject(value)).toEqual({ ok: false, pointer, reason });
  });

  it("says of a misspelt member that it was not read, and takes nothing to be safe by it", () => {
    const read = readLintProject({
      ...base,
      protectedBranch: [],
      project: { ...(base["project"] as object), visibility: "public" },
    });
    expect(read).toMatchObject({ ok: true, project: { protectedBranches: null } });
    expect(read.ok && read.notes).toEqual(
      expect.arrayContaining([
        "The project file's member protectedBranch was not read: it is none that Trustdesk knows.",
        "The project file's member project.visibility was not read: it is none that Trustdesk knows.",
      ]),
    );
  });
});
