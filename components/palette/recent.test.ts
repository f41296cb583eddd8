import { expect, it } from "vitest";
import type { RecentRecord } from "./recent";
import { parseRecent, withRecent } from "./recent";

const record = (name: string, label = name): RecentRecord => ({
  kind: "role",
  href: `/roles/${name}`,
  label,
  note: "prod",
});

it("keeps six, newest first, each once and under its last name", () => {
  const kept = ["a", "b", "c", "d", "e", "f", "g"].map((name) => record(name)).reduce(withRecent, []);
  expect(kept.map(({ label }) => label)).toEqual(["g", "f", "e", "d", "c", "b"]);
  expect(withRecent(kept, record("c", "renamed")).map(({ label }) => label)).toEqual([
    "renamed",
    "g",
    "f",
    "e",
    "d",
    "b",
  ]);
});

it("takes nothing from a store that somebody else wrote", () => {
  expect(parseRecent(null)).toEqual([]);
  expect(parseRecent("{")).toEqual([]);
  expect(parseRecent(JSON.stringify([{ ...record("a"), href: "javascript:alert(1)" }]))).toEqual([]);
  expect(parseRecent(JSON.stringify([record("a")]))).toEqual([record("a")]);
});
