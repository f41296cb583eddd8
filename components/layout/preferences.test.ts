import { describe, expect, it } from "vitest";
import { parseTheme, themeClass } from "./preferences";

describe("theme cookie", () => {
  it("keeps a chosen theme", () => {
    expect(themeClass(parseTheme("dark"))).toBe("dark");
  });

  it.each([undefined, "", "dark; x", "system"])("leaves %j to the system", (value) => {
    expect(themeClass(parseTheme(value))).toBeUndefined();
  });
});
