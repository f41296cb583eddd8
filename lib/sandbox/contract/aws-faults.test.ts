import { CreateRoleCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AwsServer } from "./aws-client";
import { admins, goodTrust, iam, playground, refusal, startAws } from "./aws-client";

let server: AwsServer;

beforeAll(async () => {
  server = await startAws();
});
afterAll(() => server.stop());
beforeEach(() => server.sandbox.reset());

const create = (abortSignal?: AbortSignal): Promise<unknown> =>
  iam(server, admins.playground).send(
    new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument: goodTrust(playground) }),
    { abortSignal },
  );
const read = (): Promise<unknown> => iam(server, admins.playground).send(new GetRoleCommand({ RoleName: "deploy" }));
const held = (kind: string): Promise<unknown> =>
  expect
    .poll(() => server.control("GET", "/holds"))
    .toMatchObject([{ kind, action: "CreateRole", account: playground }]);

describe("failures on demand (the sandbox's control API)", () => {
  it.each([
    ["throttle", "Throttling", 400],
    ["deny", "AccessDenied", 403],
    ["quota", "LimitExceededException", 409],
    ["unavailable", "ServiceUnavailable", 503],
  ])("%s: once, before the effect", async (kind, name, status) => {
    await server.control("POST", "/faults", { kind, action: "CreateRole", count: 1 });
    expect(await refusal(create())).toMatchObject({ name, status });
    expect(await refusal(read())).toMatchObject({ name: "NoSuchEntityException" });
    await expect(create()).resolves.toBeDefined();
  });

  it("hold-before: nothing is done until released, nor when the client goes away", async () => {
    await server.control("POST", "/faults", { kind: "hold-before", action: "CreateRole" });
    const gone = new AbortController();
    const abandoned = refusal(create(gone.signal));
    await held("hold-before");
    gone.abort();
    await abandoned;
    await expect.poll(() => server.control("GET", "/holds")).toEqual([]);
    expect(await refusal(read())).toMatchObject({ name: "NoSuchEntityException" });
    await server.control("POST", "/faults", { kind: "hold-before", action: "CreateRole" });
    const patient = create();
    await held("hold-before");
    expect(await server.control("POST", "/holds/release")).toMatchObject({ released: 1 });
    await patient;
    await expect(read()).resolves.toBeDefined();
  });

  it("hold-after: the effect is there while the answer is withheld, and the call is listed once", async () => {
    await server.control("POST", "/faults", { kind: "hold-after", action: "CreateRole" });
    const waiting = create();
    await held("hold-after");
    await expect(read()).resolves.toBeDefined();
    await server.control("POST", "/holds/release", {});
    await waiting;
    const calls = (await server.control("GET", "/calls")) as {
      action: string;
      account: string;
      error: string | null;
    }[];
    expect(calls.filter(({ action }) => action === "CreateRole")).toMatchObject([{ account: playground, error: null }]);
  });

  it("refuses a fault that it does not know", async () => {
    await expect(server.control("POST", "/faults", { kind: "explode", action: "CreateRole" })).rejects.toThrow();
  });
});
