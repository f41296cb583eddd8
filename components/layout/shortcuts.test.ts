import { expect, it } from "vitest";
import { isSingleKey, printedKeys, shortcut, shortcutGroups } from "./shortcuts";

const all = shortcutGroups.flatMap(({ shortcuts }) => shortcuts);

it("gives every shortcut its own keys, and hides none behind the beginning of another", () => {
  const keys = all.map((one) => one.keys);
  expect(new Set(keys).size).toBe(keys.length);
  for (const one of keys)
    expect(
      keys.filter((other) => other.startsWith(`${one} `)),
      one,
    ).toEqual([]);
});

it("lists every shortcut that a page binds", () => {
  expect(all).toEqual(expect.arrayContaining(Object.values(shortcut)));
});

it("lets a person turn off whatever a dictated word could press, and nothing else", () => {
  const stays = all.filter((one) => !isSingleKey(one)).map(({ keys }) => keys);
  expect(stays).toEqual(["Mod+k", "Enter", "Mod+Enter"]);
});

it("prints keys as they stand on the keyboard", () => {
  expect(printedKeys("Mod+k", "⌘")).toEqual(["⌘", "K"]);
  expect(printedKeys("Mod+Enter", "Ctrl")).toEqual(["Ctrl", "Enter"]);
  expect(printedKeys("g p", "Ctrl")).toEqual(["g", "p"]);
});
