import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readMap, readRooms, wrongNames } from "./map";
import { root } from "./product";

const map = readMap(`# The map
## File names in a room
\`read\`, \`read-…\`.
## Rooms
- **plan**: a value. \`digest\` \`cases/\`
- **iam**: policies.
`);
const whole = ["read", "read-counts", "digest", "cases/"];

describe("the map and the rooms", () => {
  it.each<[string, [string, string[]][], string[]]>([
    [
      "agree",
      [
        ["plan", whole],
        ["iam", []],
      ],
      [],
    ],
    [
      "differ by a file",
      [
        ["plan", [...whole, "utils"]],
        ["iam", []],
      ],
      ["lib/plan/utils is not in the map"],
    ],
    [
      "differ by a name",
      [
        ["plan", whole.slice(0, 3)],
        ["iam", []],
      ],
      ["The map names lib/plan/cases/"],
    ],
    [
      "differ by a room",
      [
        ["plan", whole],
        ["iam", []],
        ["hall", []],
      ],
      ["The room lib/hall is not"],
    ],
    ["differ by a lost room", [["plan", whole]], ["The map names the room iam"]],
    [
      "differ by an idle word",
      [
        ["plan", ["read", "digest", "cases/"]],
        ["iam", []],
      ],
      ["No room has a file called read-…"],
    ],
  ])("%s", (_how, rooms, wrong) => {
    expect(wrongNames(map, new Map(rooms))).toEqual(wrong.map((start) => expect.stringContaining(start)));
  });

  it("agree in this project", () => {
    const here = readMap(readFileSync(join(root, "lib/README.md"), "utf8"));
    expect(wrongNames(here, readRooms(join(root, "lib")))).toEqual([]);
  });
});
