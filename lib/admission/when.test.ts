import { expect, it } from "vitest";
import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { admitting, allowing, found, only, ours, statements } from "@/lib/testing/findings";

const office = { "aws:SourceIp": "203.0.113.0/24" };
const deny = (Condition: PolicyStatement["Condition"]): PolicyStatement => ({
  ...{ Effect: "Deny", Principal: "*", Action: "*" },
  ...(Condition ? { Condition } : {}),
});

it.each<[string, PolicyStatement[], string]>([
  [
    "an Allow by what it asks",
    [allowing({ StringEquals: ours, IpAddress: office })],
    "Only when the call comes from 203.0.113.0/24.",
  ],
  [
    "a Deny by what must not be",
    [allowing({ StringEquals: ours }), deny({ IpAddress: office })],
    "Only when it is not so that the call comes from 203.0.113.0/24.",
  ],
  [
    "a principal of which no page says whom it covers",
    [{ ...allowing({ StringEquals: ours }), Principal: "*" }],
    "Only when Principal holds, which cannot be told: Whether its Principal covers the call is not documented.",
  ],
])("main is untold behind %s", (_what, list, because) => {
  expect(admitting(statements(...list)).untold).toMatchObject([{ ref: { name: "main" }, because }]);
});

it("names what a Deny hangs on where no ref exists yet, and not what never holds", () => {
  const guarded = statements(
    allowing({ StringEquals: ours }),
    deny({ IpAddress: office }),
    deny({ Bool: { "aws:SecureTransport": "false" } }),
  );
  expect(only("cannot-be-told", found(guarded, { refs: [] }))?.names).toEqual(["IpAddress on aws:SourceIp"]);
});
