import { describe, expect, it } from "vitest";
import { pressesWithModifier, typeKey } from "./key-sequence";

const shortcuts = ["?", "j", "g p", "g r"];

function typed(...keys: string[]): (string | null)[] {
  let so = "";
  return keys.map((key) => {
    const next = typeKey(shortcuts, so, key);
    so = next.typed;
    return next.run;
  });
}

describe("keys typed one after the other", () => {
  it("run a shortcut of one key at once", () => {
    expect(typed("?", "j")).toEqual(["?", "j"]);
  });

  it("run a sequence with its last key", () => {
    expect(typed("g", "p", "g", "r")).toEqual([null, "g p", null, "g r"]);
  });

  it("begin anew after a key that leads nowhere", () => {
    expect(typed("g", "x", "p", "g", "p")).toEqual([null, null, null, null, "g p"]);
    expect(typed("g", "g", "p")).toEqual([null, null, "g p"]);
    expect(typed("g", "j")).toEqual([null, "j"]);
  });
});

describe("a key with a modifier", () => {
  const press = (key: string, modifiers: Partial<Record<"metaKey" | "ctrlKey" | "altKey" | "shiftKey", boolean>>) => ({
    key,
    metaKey: false,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    ...modifiers,
  });

  it("counts with Command and with Ctrl, whatever the caps lock says", () => {
    expect(pressesWithModifier("Mod+k", press("k", { metaKey: true }))).toBe(true);
    expect(pressesWithModifier("Mod+k", press("K", { ctrlKey: true }))).toBe(true);
    expect(pressesWithModifier("Mod+Enter", press("Enter", { ctrlKey: true }))).toBe(true);
  });

  it("leaves the browser's own combinations alone", () => {
    expect(pressesWithModifier("Mod+k", press("k", {}))).toBe(false);
    expect(pressesWithModifier("Mod+k", press("k", { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(pressesWithModifier("Mod+k", press("j", { ctrlKey: true }))).toBe(false);
  });
});
