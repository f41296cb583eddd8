import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "./json";
import { placeAt, scanJson } from "./json-text";

describe("text that should be JSON", () => {
  it("is read", () =>
    expect(parseJson(' {"a": [1, null]} ')).toEqual({ ok: true, value: { a: [1, null] }, doubled: [] }));

  it.each(["", "  \n\t "])("is missing (%j)", (text) =>
    expect(parseJson(text)).toEqual({ ok: false, reason: "The document is empty." }),
  );

  it.each([
    ["a value that is a word", '{\n  "a": 1,\n  "b": no\n}', 3, 8, '"n"'],
    ["a comma too many", '{\n  "a": 1,\n}', 2, 9, "nothing follows this comma"],
    ["a comma too few", '{\n  "a": 1\n  "b": 2\n}', 3, 3, 'a comma or "}"'],
    ["a bracket too many", "[\n  1\n]\n]", 4, 1, "where the end is wanted"],
    ["an end that is missing", '{\n  "a": [\n    1', 2, 8, "never closed"],
    ["a quote that is missing", '{\n  "a": "x,\n  "b": 1\n}', 2, 8, "not closed before the end of the line"],
    ["a first line that is wrong", "no\n{}", 1, 1, '"n"'],
    ["one line", '{"a": }', 1, 7, "where a value is wanted"],
    ["a colon that is missing", '{"a" 1}', 1, 6, "a colon"],
    ["a number that is none", "[01]", 1, 3, 'a comma or "]"'],
    ["an escape that is none", '["\\x"]', 1, 3, "a backslash"],
    ["a last line that is wrong", '{\n  "a": 1,\n  "b": 2,\n  "c": ]', 4, 8, '"]"'],
  ])("names place and cause of %s", (_what, text, line, column, cause) => {
    expect(parseJson(text)).toEqual({ ok: false, reason: expect.stringContaining(cause) as string, line, column });
  });

  it.each([
    ["a raw tab inside quotes", '["a\tb"]', "U+0009 (tab)"],
    ["another control character", '["a\u0001b"]', "U+0001 (a control character)"],
    ["a line separator", '["a",\u2028"b"]', "U+2028 (line separator)"],
    ["a byte order mark", "\ufeff[]", "U+FEFF (byte order mark)"],
    ["a no-break space", '["a",\u00a0"b"]', "U+00A0 (no-break space)"],
    ["a typographic quote", "[\u201ca\u201d]", "U+201C (typographic quote)"],
    ["a blank of another script", '["a",\u3000"b"]', "U+3000 (an invisible character)"],
  ])("names by its code point %s", (_what, text, name) => {
    expect(parseJson(text)).toMatchObject({ ok: false, reason: expect.stringContaining(name) as string });
  });

  it("is not read where its brackets would exhaust the stack", () => {
    expect(parseJson("[".repeat(100_000))).toMatchObject({
      ok: false,
      reason: expect.stringContaining("brackets") as string,
    });
  });
});

describe("members that stand twice", () => {
  const text = '{"Statement": [{"Condition": {\n "StringEquals": {"a/b:sub": "x"},\n "StringEquals": {"c": "y"}}}]}';
  const json = scanJson(text);
  const pointer = "/Statement/0/Condition/StringEquals";

  it("are named, with what is lost and where", () => {
    const doubled = json.ok ? json.doubled : [];
    expect(doubled).toEqual([{ pointer, offset: text.indexOf('"StringEquals"'), lost: '{"a/b:sub": "x"}' }]);
    expect(parseJson(text)).toMatchObject({ doubled: [pointer] });
  });

  it("have the place of the one that counts, and nothing of the other", () => {
    const places = json.ok ? json.places : new Map<string, number>();
    expect(placeAt(text, places.get(pointer) ?? 0)).toEqual({ line: 3, column: 2 });
    expect([places.has(`${pointer}/c`), places.has(`${pointer}/a~1b:sub`)]).toEqual([true, false]);
  });

  it("are found however the name is escaped", () => {
    expect(parseJson('{"a": 1, "\\u0061": 2}')).toEqual({ ok: true, value: { a: 2 }, doubled: ["/a"] });
  });
});

describe("a text with some characters changed", () => {
  const changed = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom("", '"', "\\", ",", "{", "}", "[", "]", ":", "0", "-", ".", "e", "\t", "\u2028", " "),
    )
    .map(([text, at, character]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + character + text.slice(place + 1);
    });

  it("is read exactly where the engine reads it, and as the same value", () => {
    fc.assert(
      fc.property(changed, (text) => {
        const json = scanJson(text);
        let value: { read: unknown } | null = null;
        try {
          value = { read: JSON.parse(text) };
        } catch {
          // Not JSON, by the engine.
        }
        expect(json.ok ? { read: json.value } : null).toEqual(value);
      }),
      { numRuns: 2000, seed: 12 },
    );
  });
});
