import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { listOf } from "./policy-schema";
import { spokePolicy, spokeTrustPolicy, workerPolicy } from "./portal-policy";

const account = {
  partition: "aws",
  accountId: "ACCOUNT_ID",
  spokeRoleArn: "arn:aws:iam::ACCOUNT_ID:role/trustdesk-spoke",
  path: "/PATH/",
  boundaryArn: "arn:aws:iam::ACCOUNT_ID:policy/BOUNDARY",
  issuer: "https://GITLAB_HOST",
};

describe("the documented policies", () => {
  it.each([
    ["worker", () => workerPolicy([account.spokeRoleArn])],
    [
      "spoke-trust",
      () =>
        spokeTrustPolicy({ workerArn: "arn:aws:iam::HUB_ACCOUNT_ID:role/trustdesk-worker", externalId: "EXTERNAL_ID" }),
    ],
    ["spoke", () => spokePolicy(account)],
    ["spoke-without-boundary", () => spokePolicy({ ...account, boundaryArn: null })],
  ])("docs/iam/%s.json is what Trustdesk needs", (name, policy) => {
    expect(JSON.parse(readFileSync(`docs/iam/${name}.json`, "utf8"))).toEqual(policy());
  });

  it("name the calls that lib/aws makes to IAM, and no other", () => {
    const sources = readdirSync("lib/aws")
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .map((file) => readFileSync(`lib/aws/${file}`, "utf8"));
    const imported = sources.flatMap((source) =>
      [...source.matchAll(/import \{([^}]*)\} from "@aws-sdk\/client-iam"/g)].flatMap(([, names = ""]) =>
        names.split(",").map((name) => name.trim()),
      ),
    );
    const calls = imported.flatMap(
      (name) => /^(\w+)Command$/.exec(name)?.[1] ?? /^paginate(\w+)$/.exec(name)?.[1] ?? [],
    );
    const allowed = spokePolicy({ ...account, boundaryArn: null })
      .Statement.filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action }) => listOf(Action));
    expect([...new Set(allowed)].sort()).toEqual([...new Set(calls)].map((call) => `iam:${call}`).sort());
  });
});
