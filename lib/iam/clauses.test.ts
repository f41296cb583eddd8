import { describe, expect, it } from "vitest";
import { takes } from "@/lib/language/search";
import type { Clause } from "./clause";
import { clausesOf } from "./clauses";

const clause = (operator: string, values: string | string[], version = "2012-10-17"): Clause => {
  const [first] = clausesOf({ Condition: { [operator]: { "GitLab.com:Sub": values } } }, version);
  if (!first) throw new Error("no clause");
  return first;
};
const only = (operator: string, value: string, version?: string) => {
  const found = clause(operator, value, version);
  return found.kind === "comparison" ? found.values[0] : undefined;
};

describe("a condition as clauses", () => {
  it("has one for each operator and key, as they stand, with the key in lower case", () => {
    const clauses = clausesOf(
      { Condition: { StringEquals: { "A.B:c": "1", "aws:x": ["2", "3"] }, Null: { "a.b:c": "false" } } },
      "2012-10-17",
    );
    expect(clauses.map(({ kind, key, written }) => [kind, key, written])).toEqual([
      ["comparison", "a.b:c", { operator: "StringEquals", key: "A.B:c", values: ["1"] }],
      ["comparison", "aws:x", { operator: "StringEquals", key: "aws:x", values: ["2", "3"] }],
      ["presence", "a.b:c", { operator: "Null", key: "a.b:c", values: ["false"] }],
    ]);
    expect(clausesOf({}, "2012-10-17")).toEqual([]);
  });

  /** IAM user guide, reference_policies_elements_condition_operators, its note on missing keys and IfExists. */
  it.each<[string, boolean, "ForAnyValue" | "ForAllValues" | null, boolean | null]>([
    ["StringEquals", false, null, false],
    ["StringEqualsIfExists", false, null, true],
    ["StringNotEquals", true, null, true],
    ["StringNotEqualsIfExists", true, null, true],
    ["ForAnyValue:StringLike", false, "ForAnyValue", false],
    ["ForAnyValue:StringNotLike", true, "ForAnyValue", false],
    ["ForAnyValue:StringLikeIfExists", false, "ForAnyValue", null],
    ["ForAllValues:StringLike", false, "ForAllValues", true],
    ["ForAllValues:StringNotLikeIfExists", true, "ForAllValues", true],
  ])("%s: negated %s, set %s, on a missing key %s", (operator, negated, set, whenAbsent) => {
    expect(clause(operator, "x")).toMatchObject({ kind: "comparison", negated, set, whenAbsent });
  });

  it("says of Null whether the key must be there", () => {
    expect(clause("Null", "true")).toMatchObject({ kind: "presence", present: false });
    expect(clause("Null", ["False", "false"])).toMatchObject({ kind: "presence", present: true });
    expect(clause("Null", ["true", "false"])).toMatchObject({ kind: "comparison", whenAbsent: true });
    expect(clause("Null", "x").kind).toBe("untold");
  });

  it.each(["NumericLike", "stringequals", "NullIfExists", "ForAnyValue:Null", ""])("%j is untold", (operator) =>
    expect(clause(operator, "true").kind).toBe("untold"),
  );
});

describe("a value as a set", () => {
  it("holds an end or leaves it open", () => {
    expect(only("NumericLessThan", "5")).toMatchObject({ of: "number", to: { at: 5, included: false } });
    expect(only("NumericGreaterThanEquals", "5")).toMatchObject({ from: { at: 5, included: true } });
    expect(only("DateEquals", "1970-01-02T00:00:00Z")).toMatchObject({
      of: "moment",
      from: { at: 86_400_000, included: true },
      to: { at: 86_400_000, included: true },
    });
  });

  it("is an interval of addresses", () => {
    expect(only("IpAddress", "10.0.0.5/8")).toEqual({
      kind: "addresses",
      family: 4,
      from: 0x0a000000n,
      to: 0x0affffffn,
    });
    expect(only("NotIpAddress", "::/0")).toMatchObject({ family: 6, from: 0n, to: (1n << 128n) - 1n });
    for (const value of ["1.2.3", "1.2.3.4/x", "1.2.3.4/1/2", "1::2::3/64", ":1/64", "g::/8", "1:2:3:4:5:6:7/64"])
      expect(only("IpAddress", value)?.kind).toBe("untold");
  });

  it("is equal where it is untold and written the same, and else not", () => {
    const atom = (operator: string, value: string) => {
      const set = only(operator, value);
      return set?.kind === "untold" ? set.atom : null;
    };
    expect(atom("StringLike", "${aws:userid}*")).toBe(atom("StringLike", "${aws:userid}*"));
    const atoms = [
      atom("StringLike", "${aws:userid}*"),
      atom("StringEquals", "${aws:userid}*"),
      atom("StringLike", "${aws:userid}"),
      atom("NumericEquals", "x"),
      atom("NumericEquals", "y"),
      atom("DateEquals", "x"),
    ];
    expect(atoms).not.toContain(null);
    expect(new Set(atoms).size).toBe(atoms.length);
  });

  it("takes what a variable brings as it stands, where the call is known", () => {
    const [asked] = clausesOf({ Condition: { StringLike: { k: "${who}-*" } } }, "2012-10-17", () => ({ text: "a*" }));
    const set = asked?.kind === "comparison" ? asked.values[0] : undefined;
    if (set?.kind !== "texts") throw new Error("no pattern");
    expect(["a*-1", "ab-1"].map((text) => takes(set.pattern, text))).toEqual([true, false]);
  });

  it("lets no colon of a variable make a part of an ARN", () => {
    const value = "arn:aws:iam:${region}:1:role/a";
    const [asked] = clausesOf({ Condition: { ArnLike: { k: value } } }, "2012-10-17", () => ({ text: "x:y" }));
    const set = asked?.kind === "comparison" ? asked.values[0] : undefined;
    if (set?.kind !== "texts") throw new Error("no pattern");
    expect(takes(set.pattern, "arn:aws:iam:x:y:1:role/a")).toBe(false);
  });
});
