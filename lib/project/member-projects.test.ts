import { describe, expect, it } from "vitest";
import type { GitlabProject } from "@/lib/gitlab/schema";
import { memberProjects } from "./member-projects";

type Level = 10 | 30 | 40 | 50;
type Asked = { minAccessLevel: number | null; after: string | null };

function project(id: number): GitlabProject {
  return {
    id,
    name: `p${id}`,
    path_with_namespace: `g/p${id}`,
    web_url: "https://x",
    visibility: "private",
    archived: false,
    default_branch: "main",
    namespace: { id: 1, full_path: "g" },
  } as GitlabProject;
}

/** A GitLab of `size` rows a page that knows the levels, and filters by them as `min_access_level` does. */
function gitlab(levelOf: ReadonlyMap<number, Level>, size: number) {
  const asked: Asked[] = [];
  const ids = [...levelOf.keys()].sort((a, b) => a - b);
  const memberProjects = ({ minAccessLevel, after }: Asked) => {
    asked.push({ minAccessLevel, after });
    const from = ids.filter((id) => (levelOf.get(id) ?? 0) >= (minAccessLevel ?? 0) && id > Number(after ?? 0));
    const rows = from.slice(0, size);
    return Promise.resolve({ projects: rows.map(project), next: from.length > size ? String(rows.at(-1)) : null });
  };
  return { asked, memberProjects };
}

async function read(of: ReturnType<typeof gitlab>): Promise<[number, number][][]> {
  const lots: [number, number][][] = [];
  for await (const lot of memberProjects(of))
    lots.push(lot.map(({ project: { id }, accessLevel }) => [id, accessLevel]));
  return lots;
}

const levels = new Map<number, Level>(
  Array.from({ length: 97 }, (_, index) => [index * 3 + 1, ([10, 30, 40, 50] as const)[(index * index) % 4] ?? 10]),
);

describe("the projects of a person", () => {
  it.each([1, 2, 7, 100])("come each once, in ascending id, with their highest level: %i a page", async (size) => {
    const lots = await read(gitlab(levels, size));
    expect(lots.flat()).toEqual([...levels]);
  });

  it("come as GitLab answers, not all at the end", async () => {
    const lots = (await read(gitlab(levels, 10))).filter((lot) => lot.length > 0);
    expect(lots.length).toBeGreaterThan(5);
  });

  it("cost no more pages than the lists of the levels have", async () => {
    const of = gitlab(levels, 10);
    await read(of);
    const rows = (least: number) => [...levels.values()].filter((level) => level >= least).length;
    expect(of.asked).toHaveLength(
      [50, 40, 30, 10].reduce((pages, least) => pages + Math.max(1, Math.ceil(rows(least) / 10)), 0),
    );
  });

  it("are none where the person has none", async () => {
    expect((await read(gitlab(new Map(), 10))).flat()).toEqual([]);
  });

  it("fail as GitLab fails, after what was read", async () => {
    const of = gitlab(levels, 10);
    const failing = {
      memberProjects: (asked: Asked) =>
        Number(asked.after) > 50 ? Promise.reject(new Error("503")) : of.memberProjects(asked),
    };
    const lots: number[] = [];
    const reading = async () => {
      for await (const lot of memberProjects(failing)) lots.push(lot.length);
    };
    await expect(reading()).rejects.toThrow("503");
    expect(lots.length).toBeGreaterThan(0);
  });

  it.each([
    ["a page again", [project(7)]],
    ["an empty page and promises more", []],
  ])("are not known where GitLab answers %s", async (_case, rows) => {
    const first = { projects: [project(3), project(7)], next: "a" };
    const stuck = {
      memberProjects: ({ after }: Asked) => Promise.resolve(after === null ? first : { projects: rows, next: "b" }),
    };
    const reading = async () => {
      for await (const lot of memberProjects(stuck)) expect(lot.length).toBeLessThan(3);
    };
    await expect(reading()).rejects.toMatchObject({ code: "upstream" });
  });
});
