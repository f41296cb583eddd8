import { describe, expect, it } from "vitest";
import { Rows } from "./rows";

describe("rows", () => {
  it("have one number each, however many there are", () => {
    const rows = new Rows(3);
    const row = (number: number) => Int32Array.of(number % 7, -number, Math.floor(number / 7));
    for (let round = 0; round < 2; round += 1)
      for (let number = 0; number < 5000; number += 1) expect(rows.numberOf(row(number))).toBe(number);
    expect(rows.size).toBe(5000);
    expect([0, 1, 2].map((column) => rows.at(4321, column))).toEqual([...row(4321)]);
  });

  it("are copies: what was handed in may change", () => {
    const rows = new Rows(1);
    const row = Int32Array.of(1);
    rows.numberOf(row);
    row[0] = 2;
    expect([rows.numberOf(row), rows.at(0, 0), rows.at(1, 0)]).toEqual([1, 1, 2]);
  });
});
