import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inexactNumber, withExactNumbers } from "./json-numbers";

describe("a number that reading would change", () => {
  it.each(["12345678901234567890", "1.0", "1e3", "-0", "0.1000", "1E5"])("is %s", (literal) => {
    expect(inexactNumber(`{"a": 1,\n "b": ${literal}}`)).toEqual({ literal, line: 2 });
    expect(JSON.parse(withExactNumbers(`{"a": 1,\n "b": ${literal}}`))).toEqual({ a: 1, b: literal });
  });

  it.each(["10", "-3", "1.5", "0", "1e+21"])("is not %s", (literal) => {
    expect(inexactNumber(`[${literal}]`)).toBeNull();
    expect(withExactNumbers(`[${literal}]`)).toBe(`[${literal}]`);
  });

  it("is none of the digits in a text, whatever is escaped there", () => {
    const text = '{"1.0": "a \\" 1.0 \\\\", "b": ["1.0", 1.0]}';
    expect(withExactNumbers(text)).toBe('{"1.0": "a \\" 1.0 \\\\", "b": ["1.0", "1.0"]}');
  });

  it("is in no text that was written by JSON itself", () => {
    fc.assert(
      fc.property(
        fc.json(),
        (text) => withExactNumbers(JSON.stringify(JSON.parse(text))) === JSON.stringify(JSON.parse(text)),
      ),
    );
  });
});
