import { describe, expect, it } from "vitest";
import { found, only, ours, trust } from "@/lib/testing/findings";

describe("what cannot be told", () => {
  const operators = ["IpAddress", "NumericEquals", "DateLessThan", "Bool", "BinaryEquals"];
  const said = (count: number, host = "gitlab.com", issuer = "https://gitlab.com") =>
    only(
      "cannot-be-told",
      found(
        trust(
          Object.fromEntries(operators.slice(0, count).map((operator) => [operator, { [`${host}:sub`]: "x" }])),
          host,
        ),
        { issuer },
      ),
    )?.why;

  it("is named, three at most, and the rest is counted", () => {
    expect(said(1)).toContain("depends on IpAddress on gitlab.com:sub. Trustdesk does not evaluate that");
    expect(said(3)).toContain("on gitlab.com:sub, DateLessThan on gitlab.com:sub. Trustdesk");
    expect(said(5)).toContain("DateLessThan on gitlab.com:sub and 2 more. Trustdesk");
    expect(said(0)).toBeUndefined();
  });

  it("is asked of the GitLab that the role is for, on any of its providers", () => {
    expect(said(1, "gitlab.example.com", "https://gitlab.example.com")).toContain("on gitlab.example.com:sub");
    expect(said(1, "gitlab.example.com", "https://gitlab.com")).toBeUndefined();
  });

  it("is a claim that only the running job has, or a principal that is not read", () => {
    const personal = trust({ StringEquals: { ...ours, "gitlab.com:user_login": "rina" } });
    expect(only("cannot-be-told", found(personal))?.why).toContain("StringEquals on gitlab.com:user_login");
    const anybody = {
      ...trust({}),
      Statement: [{ ...trust({}).Statement[0], Effect: "Allow" as const, Principal: "*" as const }],
    };
    expect(only("cannot-be-told", found(anybody))?.why).toContain("depends on Principal");
  });

  it("is nothing that every token says", () => {
    const known = {
      ...ours,
      "gitlab.com:aud": "aws",
      "gitlab.com:namespace_id": "7",
      "gitlab.com:ref_protected": "true",
    };
    expect(found(trust({ StringEquals: known }))).toEqual([]);
  });
});
