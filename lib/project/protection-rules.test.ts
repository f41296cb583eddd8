import { describe, expect, it } from "vitest";
import { protectedBranchSchema, protectedTagSchema } from "@/lib/gitlab/schema";
import { branchRule, tagRule } from "./protection-rules";

const branch = (push: object[], merge: object[] = []) =>
  branchRule(protectedBranchSchema.parse({ name: "release/*", push_access_levels: push, merge_access_levels: merge }));

describe("a protection rule as GitLab shows it", () => {
  it("lets in the least of its roles, and nobody where it names none", () => {
    const rule = branch([{ access_level: 60 }, { access_level: 40 }, { access_level: 0 }], [{ access_level: 30 }]);
    expect(rule).toEqual({ name: "release/*", push: 40, merge: 30, named: [] });
    expect(branch([{ access_level: 0 }])).toMatchObject({ push: 0, merge: 0 });
  });

  it("names people, groups and keys beside its roles, and takes their number for no role", () => {
    const rule = branch([
      { access_level: 40, user_id: 4, access_level_description: "Rina Costa" },
      { access_level: 40, group_id: 9, access_level_description: "release managers" },
      { access_level: 40, deploy_key_id: 3, access_level_description: "mirror" },
      { access_level: null, user_id: 5 },
    ]);
    expect(rule.push).toBe(0);
    expect(rule.named).toEqual([
      "Rina Costa",
      "members of release managers",
      "the deploy key mirror",
      "a person by name",
    ]);
  });

  it("does not know what a number means that GitLab does not document, unless Developers get in anyway", () => {
    expect(branch([{ access_level: 40 }, { access_level: 15 }]).push).toBeNull();
    expect(branch([{ access_level: 30 }, { access_level: 15 }]).push).toBe(30);
  });

  it("says of a tag who may create it", () => {
    const rule = tagRule(protectedTagSchema.parse({ name: "v*", create_access_levels: [{ access_level: 40 }] }));
    expect(rule).toEqual({ name: "v*", create: 40, named: [] });
  });
});
