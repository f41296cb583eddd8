import { describe, expect, it } from "vitest";
import { admitted, found, like, only, onOwn, ourSubject, ours, own, permitting, trust } from "@/lib/testing/findings";
import type { Finding } from "./finding";
import { removalFindings } from "./removal";
import { findingSchema } from "./schema";

/** What a person reads first, and the button beside it: its label, and what it does. */
const heads: [
  Finding["id"],
  string,
  () => Finding | undefined,
  [Finding["severity"], string, string | null, string | null],
][] = [
  [
    "any-ref",
    "any branch",
    () => only("any-ref", found(like("project_path:acme/api:ref_type:branch:ref:*"))),
    ["danger", "Any branch or tag", "Protected refs only", "pin-ref-protected"],
  ],
  [
    "any-ref",
    "any branch of an own GitLab, where AWS reads no ref_protected",
    () => only("any-ref", found(onOwn("project_id:42:ref_type:branch:ref:*"), own)),
    ["danger", "Any branch or tag", "Choose refs", "choose-refs"],
  ],
  [
    "any-ref",
    "any protected branch",
    () =>
      only(
        "any-ref",
        found(
          like("project_path:acme/api:ref_type:branch:ref:*", {
            "gitlab.com:project_id": "42",
            "gitlab.com:ref_protected": "true",
          }),
        ),
      ),
    ["caution", "Any protected ref", null, null],
  ],
  [
    "group-wildcard",
    "a whole group",
    () => only("group-wildcard", found(like("project_path:acme/*:ref_type:branch:ref:main"))),
    ["danger", "Open to other projects", "Choose refs", "choose-refs"],
  ],
  [
    "subject-missing-or-star",
    "no subject",
    () => only("subject-missing-or-star", found(trust(undefined))),
    ["danger", "Not held to a project", "Choose refs", "choose-refs"],
  ],
  [
    "other-project",
    "another project",
    () =>
      only(
        "other-project",
        found(trust({ StringEquals: { "gitlab.com:sub": "project_path:evil/x:ref_type:branch:ref:main" } })),
      ),
    ["danger", "Another project gets in", "Choose refs", "choose-refs"],
  ],
  [
    "no-immutable-pin",
    "a name only",
    () => only("no-immutable-pin", found(trust({ StringEquals: { "gitlab.com:sub": ourSubject } }))),
    ["caution", "Held to a name only", "Pin the project's id", "pin-project-id"],
  ],
  [
    "no-immutable-pin",
    "a name only, on an own GitLab",
    () => only("no-immutable-pin", found(onOwn(ourSubject), own)),
    ["caution", "Held to a name only", null, null],
  ],
  [
    "unprotected-ref",
    "a ref that is not protected",
    () => only("unprotected-ref", found(trust({ StringEquals: ours }), { admitted: admitted("dev") })),
    ["caution", "A ref that is not protected", "Protected refs only", "pin-ref-protected"],
  ],
  [
    "unprotected-ref",
    "two of them, on an own GitLab",
    () =>
      only(
        "unprotected-ref",
        found(onOwn("project_id:42:ref_type:branch:ref:d*"), { ...own, admitted: admitted("dev", "main", "do") }),
      ),
    ["caution", "2 refs that are not protected", null, null],
  ],
  [
    "unseen-refs",
    "refs that GitLab does not show",
    () => only("unseen-refs", found(trust({ StringEquals: ours }), { admitted: null })),
    ["caution", "Who gets in was not judged", null, null],
  ],
  [
    "wildcard-in-string-equals",
    "a star that is none",
    () =>
      only(
        "wildcard-in-string-equals",
        found(trust({ StringEquals: { ...ours, "gitlab.com:sub": "project_path:acme/api:ref_type:branch:ref:v*" } })),
      ),
    ["caution", "A wildcard that is none", "Use StringLike", "use-string-like"],
  ],
  [
    "full-access",
    "everything",
    () =>
      only(
        "full-access",
        found(trust({ StringEquals: ours }), { inlinePolicies: [permitting({ Action: "*", Resource: "*" })] }),
      ),
    ["danger", "Full access", "Use the S3 template", "use-template"],
  ],
  [
    "full-access",
    "a whole service",
    () =>
      only(
        "full-access",
        found(trust({ StringEquals: ours }), { inlinePolicies: [permitting({ Action: "s3:*", Resource: "*" })] }),
      ),
    ["caution", "A whole service", "Use the S3 template", "use-template"],
  ],
  [
    "managed-policy",
    "the administrator's policy",
    () =>
      only(
        "managed-policy",
        found(trust({ StringEquals: ours }), { attachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
      ),
    ["danger", "Full access by a managed policy", null, null],
  ],
  [
    "managed-policy",
    "another managed policy",
    () =>
      only(
        "managed-policy",
        found(trust({ StringEquals: ours }), { attachedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
      ),
    ["caution", "Permissions that are not shown", null, null],
  ],
  [
    "other-principal",
    "another account",
    () =>
      only(
        "other-principal",
        found({
          ...trust({ StringEquals: ours }),
          Statement: [
            ...trust({ StringEquals: ours }).Statement,
            { Effect: "Allow", Principal: { AWS: "1" }, Action: "sts:AssumeRole" },
          ],
        }),
      ),
    ["danger", "Others than GitLab's jobs get in", null, null],
  ],
  [
    "still-in-use",
    "a role that goes",
    () => only("still-in-use", removalFindings({ lastUsedAt: "2026-11-20T08:00:00Z", admitted: [] })),
    ["caution", "It is in use", null, null],
  ],
];

describe("a finding's head and its button", () => {
  it.each(heads)("%s: %s", (_id, _what, find, [severity, title, mend, mendId]) => {
    const finding = find();
    expect(findingSchema.parse(finding)).toEqual(finding);
    expect(finding).toMatchObject({ severity, title, mend, mendId });
    const onWhat = finding?.id === "full-access" || finding?.id === "managed-policy";
    expect(finding?.where).toBe(onWhat ? "what" : "who");
  });
});
