import { expect, it } from "vitest";
import type { MutantReport } from "./report";
import { changeOf, merged, read, scoreOf, written } from "./report";

const report: MutantReport = {
  date: "2026-11-25",
  rooms: [
    { room: "plan", killed: 9, survived: 1, untested: 0 },
    { room: "findings", killed: 5, survived: 2, untested: 1 },
  ],
  survivors: [
    { file: "lib/findings/any-ref.ts", change: changeOf("a || b", "a && b"), times: 2, why: "" },
    { file: "lib/plan/diff.ts", change: changeOf('"x"', ""), times: 1, why: "Read by nobody." },
  ],
};

it("reads what it has written", () => {
  const { rooms, survivors } = read(written(report));
  expect(rooms).toEqual([report.rooms[1], report.rooms[0]]);
  expect(survivors).toEqual(report.survivors);
  expect(read("")).toEqual({ date: "", rooms: [], survivors: [] });
});

it("keeps the reasons of a folder that is run again, and all of the others", () => {
  const [anyRef, diff] = report.survivors;
  if (!anyRef || !diff) throw new Error("no survivors");
  const other = { ...diff, change: "another", why: "" };
  const anew = {
    ...report,
    rooms: [{ room: "plan", killed: 8, survived: 2, untested: 0 }],
    survivors: [{ ...diff, why: "" }, other],
  };
  expect(merged(report, anew)).toEqual({
    date: report.date,
    rooms: [report.rooms[1], anew.rooms[0]],
    survivors: [anyRef, diff, other],
  });
});

it("scores by what was killed of all, untested ones included", () => {
  expect(report.rooms.map(scoreOf)).toEqual([90, 62.5]);
  expect(scoreOf({ room: "empty", killed: 0, survived: 0, untested: 0 })).toBe(100);
});
