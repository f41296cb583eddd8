import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { refusalDataSchema } from "@/lib/plan/refusal-schema";
import { changeSchema } from "@/lib/plan/schema";
import { words } from "./common-schemas";

const origin = "http://127.0.0.1:3999";

/** What of a JSON schema is looked at here. */
interface Described {
  $ref?: string;
  const?: unknown;
  description?: string;
  examples?: unknown[];
  anyOf?: Described[];
  oneOf?: Described[];
  items?: Described;
  properties?: Record<string, Described>;
}

const documentSchema = z.object({
  components: z.object({ schemas: z.record(z.string(), z.custom<Described>()) }),
  paths: z.record(z.string(), z.record(z.string(), z.object({ responses: z.record(z.string(), z.unknown()) }))),
});
let description: z.infer<typeof documentSchema>;

beforeAll(async () => {
  Object.assign(process.env, {
    DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing",
    GITLAB_URL: "http://127.0.0.1:1",
    GITLAB_CLIENT_ID: "trustdesk",
    GITLAB_CLIENT_SECRET: "trustdesk",
    NEXTAUTH_URL: origin,
    NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef",
  });
  description = documentSchema.parse(await (await get("/openapi.json")).json());
});

async function get(path: string): Promise<Response> {
  const { handleRest } = await import("./handlers");
  return handleRest(new Request(`${origin}/api/v1${path}`));
}

const answer = z.object({ content: z.object({ "application/json": z.object({ schema: z.custom<Described>() }) }) });

/** The schema of what a call answers with a status. */
function answerOf(method: string, path: string, status: string): Described {
  return answer.parse(description.paths[path]?.[method]?.responses[status]).content["application/json"].schema;
}

/** The names of what a schema refers to, itself or as one of several. */
function namesIn({ $ref, anyOf = [], oneOf = [], items }: Described): string[] {
  const own = $ref === undefined ? [] : [$ref.replace("#/components/schemas/", "")];
  return [...own, ...[...anyOf, ...oneOf, ...(items ? [items] : [])].flatMap(namesIn)];
}

/** All places below a schema that say nothing of what stands there. */
function untold(schema: Described, place: string): string[] {
  const { properties = {}, items, anyOf = [], oneOf = [] } = schema;
  const below = [
    ...Object.entries(properties).map(([name, part]) => [part, `${place}.${name}`] as const),
    ...(items ? [[items, `${place}[]`] as const] : []),
    ...[...anyOf, ...oneOf].map((part, index) => [part, `${place}|${index}`] as const),
  ];
  return Object.keys(schema).length === 0 ? [place] : below.flatMap(([part, at]) => untold(part, at));
}

describe("the API's description", () => {
  it.each(Object.keys(words))("explains %s, down to its last member", (name) => {
    const schema = description.components.schemas[name] ?? {};
    expect(schema.description).toMatch(/\w{3}/);
    expect(untold(schema, name)).toEqual([]);
  });

  it.each(Object.entries(words))("shows a %s by examples that are one", (name, schema) => {
    const examples = description.components.schemas[name]?.examples ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(schema.parse(example)).toEqual(example);
  });

  it("shows how a role is made", () => {
    const { examples = [] } = description.components.schemas.Plan ?? {};
    const [plan] = z.array(words.Plan).parse(examples);
    expect(plan?.changes.map(({ kind }) => kind)).toEqual(["create-provider", "create-role", "put-inline-policy"]);
    expect(z.array(changeSchema).parse(description.components.schemas.Change?.examples)).toEqual(plan?.changes);
  });

  it("shows a refusal of each kind", () => {
    const refusals = z.array(refusalDataSchema).parse(description.components.schemas.Refusal?.examples);
    expect(refusals.map(({ kind }) => kind)).toEqual([
      "plan-moved",
      "judgement-moved",
      "other-request",
      "newer-version",
      "problems",
      "not-read",
    ]);
  });

  it.each([
    ["get", "/requests/{id}", { plan: "Plan", judgement: "Judgement" }],
    ["get", "/requests/{id}/plan", { plan: "Plan", judgement: "Judgement" }],
    ["get", "/roles/{id}", { drift: "Difference", live: "RoleState" }],
    ["get", "/snapshots", { snapshot: "Snapshot" }],
  ] as const)("says by name what %s %s answers", (method, path, expected) => {
    const { properties = {} } = answerOf(method, path, "200");
    for (const [member, name] of Object.entries(expected)) expect(namesIn(properties[member] ?? {})).toEqual([name]);
  });

  it("says what a version and a step hold", () => {
    const { versions } = answerOf("get", "/roles/{id}", "200").properties ?? {};
    const { steps } = answerOf("get", "/requests/{id}", "200").properties ?? {};
    expect(namesIn(versions?.items?.properties?.document ?? {})).toEqual(["RoleDocument"]);
    expect(namesIn(versions?.items?.properties?.judgement ?? {})).toEqual(["Judgement"]);
    expect(namesIn(steps?.items?.properties?.change ?? {})).toEqual(["Change"]);
  });

  it("says of every call how it is refused", () => {
    const calls = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [method, path] as const),
    );
    expect(calls.length).toBeGreaterThan(30);
    for (const [method, path] of calls) {
      const { oneOf = [] } = answerOf(method, path, "409");
      expect(
        oneOf.flatMap(({ properties = {} }) => namesIn(properties.data ?? {})),
        `${method} ${path}`,
      ).toEqual(["ErrorData"]);
    }
    const { data } = description.components.schemas.ErrorData?.properties ?? {};
    expect(namesIn(data ?? {})).toEqual(["Refusal"]);
  });

  it("says what a refused call really answers", async () => {
    const refused = await get("/me");
    const { properties: { code, status } = {} } = answerOf("get", "/me", "401").oneOf?.[0] ?? {};
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ defined: true, code: code?.const, status: status?.const });
  });
});
