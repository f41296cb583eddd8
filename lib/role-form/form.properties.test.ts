import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { RawStatement } from "@/lib/iam/policy-schema";
import { statementsOf } from "@/lib/iam/policy-schema";
import { readTrust } from "@/lib/iam/trust-view";
import type { RoleDocument } from "@/lib/plan/change";
import { anyDocument, anyPlace } from "@/lib/testing/role-documents";
import { anyForm } from "@/lib/testing/role-forms";
import { formOf, write } from "./form";
import type { FormPlace } from "./form-place";
import { trustedProject } from "./form-place";

const owner = { username: "pia" };
/** What a valid form may still be refused for: a condition beyond it stands in its way. */
const inTheWay = /letter by letter|pattern of its own|in different letter case/;

/** All that the form does not show: of `document`, as far as `before` had it. */
function beyond(
  { trustPolicy, inlinePolicies, attachedPolicies, tags, name, path }: RoleDocument,
  place: FormPlace,
  before: RoleDocument,
) {
  const shown = readTrust(before.trustPolicy, trustedProject(place)).statement;
  const count = statementsOf(before.trustPolicy).length;
  const { permissions, policyName } = formOf(before, place).form;
  const written = permissions.kind === "none" ? [] : [policyName];
  const kept = Object.keys(before.inlinePolicies).filter((one) => !written.includes(one));
  return {
    ...{ attachedPolicies, tags, name, path, Version: trustPolicy.Version, Id: trustPolicy.Id },
    statements: statementsOf(trustPolicy)
      .slice(0, count)
      .map((statement, index) => (index === shown ? besideWho(statement, place) : statement)),
    policies: kept.map((one) => inlinePolicies[one]),
  };
}

/** A statement without the conditions that the form writes. */
function besideWho({ Condition = {}, ...statement }: RawStatement, { project }: FormPlace) {
  const isWho = (operator: string, key: string) =>
    ["StringEquals", "StringLike"].includes(operator) &&
    !isTwice(Condition[operator], key) &&
    key.toLowerCase().startsWith(`${providerUrlPath(project.issuer)}:`) &&
    !key.endsWith("user_login") &&
    !(operator === "StringLike" && key.endsWith(":aud"));
  return {
    ...statement,
    asked: Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys)
        .filter(([key]) => !isWho(operator, key))
        .map(([key, values]) => ({ operator, key, values })),
    ),
  };
}

function isTwice(keys: object = {}, key: string): boolean {
  return Object.keys(keys).filter((one) => one.toLowerCase() === key.toLowerCase()).length > 1;
}

describe("the form as a view of any document", () => {
  it("writes nothing where nothing was changed: every value, shape and order stays", () => {
    const cases = anyPlace.chain((place) => fc.tuple(fc.constant(place), anyDocument(place)));
    fc.assert(
      fc.property(cases, ([place, document]) => {
        const before = JSON.stringify(document);
        const written = write(formOf(document, place).form, document, { ...place, owner });
        expect(written.problems).toEqual([]);
        expect(JSON.stringify(written.document)).toBe(before);
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  it("shows again what was written, whatever stands beside it", () => {
    const cases = anyPlace.chain((place) =>
      anyDocument(place).chain((document) =>
        fc.tuple(fc.constant(place), fc.constant(document), anyForm(place, document)),
      ),
    );
    let written = 0;
    fc.assert(
      fc.property(cases, ([place, document, form]) => {
        const { document: after, problems } = write(form, document, { ...place, owner });
        expect(problems.filter(({ reason }) => !inTheWay.test(reason))).toEqual([]);
        if (!after) return;
        written += 1;
        expect(formOf(after, place).form).toEqual(form);
        expect(beyond(after, place, document)).toEqual(beyond(document, place, document));
        expect(write(form, after, { ...place, owner }).document).toEqual(after);
      }),
      { numRuns: 500 },
    );
    expect(written).toBeGreaterThan(350);
  }, 60_000);
});
