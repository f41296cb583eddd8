import { readdirSync } from "node:fs";
import { join } from "node:path";

/** What the map says of names: those that any room may use (`…` stands for a noun), and each room's own. */
export interface RoomMap {
  common: readonly string[];
  /** Room -> its own files, without their ending; a folder ends with a slash. */
  rooms: ReadonlyMap<string, readonly string[]>;
}

/** Reads lib/README.md: the sections "File names in a room" and "Rooms". */
export function readMap(markdown: string): RoomMap {
  const rows = [...sectionOf(markdown, "Rooms").matchAll(/^- \*\*([\w-]+)\*\*(.*)$/gm)];
  return {
    common: quoted(sectionOf(markdown, "File names in a room")),
    rooms: new Map(rows.map(([, room = "", files = ""]) => [room, quoted(files)])),
  };
}

function sectionOf(markdown: string, title: string): string {
  return markdown.split(/^## /m).find((section) => section.startsWith(`${title}\n`)) ?? "";
}

function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}

/** The rooms of `lib` as they are: file names without their ending, folders with a slash, no tests. */
export function readRooms(lib: string): Map<string, string[]> {
  const rooms = readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(
    rooms.map(({ name }) => [
      name,
      readdirSync(join(lib, name), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || !/\.test\.tsx?$/.test(entry.name))
        .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name.replace(/\.tsx?$/, ""))),
    ]),
  );
}

/** Where map and rooms differ, in both directions, as sentences. */
export function wrongNames(
  { common, rooms: mapped }: RoomMap,
  rooms: ReadonlyMap<string, readonly string[]>,
): string[] {
  const isCommon = (name: string) => common.some((pattern) => fits(pattern, name));
  const all = [...rooms.values()].flat();
  return [
    ...[...rooms].flatMap(([room, names]) => {
      const own = mapped.get(room);
      if (!own) return [`The room lib/${room} is not in the map.`];
      return [
        ...names
          .filter((name) => !own.includes(name) && !isCommon(name))
          .map((name) => `lib/${room}/${name} is not in the map: use a name of the vocabulary, or list it.`),
        ...own.filter((name) => !names.includes(name)).map((name) => `The map names lib/${room}/${name}: it is gone.`),
        ...own.filter(isCommon).map((name) => `lib/${room}/${name} is of the vocabulary: do not list it.`),
      ];
    }),
    ...[...mapped.keys()]
      .filter((room) => !rooms.has(room))
      .map((room) => `The map names the room ${room}: it is gone.`),
    ...common
      .filter((pattern) => !all.some((name) => fits(pattern, name)))
      .map((pattern) => `No room has a file called ${pattern}: take it out of the vocabulary.`),
  ];
}

/** `read-…` fits read-counts, and `read` itself only. */
function fits(pattern: string, name: string): boolean {
  const [start = "", end] = pattern.split("…");
  if (end === undefined) return name === pattern;
  return name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end);
}
