import { GetAccountSummaryCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AwsServer } from "./aws-client";
import { admins, iam, refusal, startAws, worker } from "./aws-client";

let server: AwsServer;

beforeAll(async () => {
  server = await startAws();
});
afterAll(() => server.stop());

describe("signatures and permissions", () => {
  it("refuses a wrong secret and an unknown key (IAM user guide: signature version 4)", async () => {
    const wrong = iam(server, { ...admins.prod, secretAccessKey: "wrong" });
    expect(await refusal(wrong.send(new GetAccountSummaryCommand({})))).toMatchObject({
      name: "SignatureDoesNotMatch",
      status: 403,
    });
    const unknown = iam(server, { accessKeyId: "AKIANOBODY", secretAccessKey: "x" });
    expect(await refusal(unknown.send(new GetAccountSummaryCommand({})))).toMatchObject({
      name: "InvalidClientTokenId",
      status: 403,
    });
  });

  it("refuses a body that was changed after signing (IAM user guide: signature version 4)", async () => {
    const changed = iam(server, admins.playground);
    const meddle = (text: string): string => text.replace("nobody", "anyone");
    changed.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string };
        request.body = meddle(request.body);
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    expect((await refusal(changed.send(new GetRoleCommand({ RoleName: "nobody" })))).name).toBe(
      "XAmzContentSHA256Mismatch",
    );
  });

  it("lets the worker itself do nothing but assume the spoke role (IAM user guide: policy evaluation logic)", async () => {
    expect(await refusal(iam(server, worker).send(new GetRoleCommand({ RoleName: "x" })))).toMatchObject({
      name: "AccessDenied",
      message:
        "User: arn:aws:iam::999900001111:user/trustdesk-worker is not authorized to perform: iam:GetRole on resource: arn:aws:iam::999900001111:role/x because no identity-based policy allows the iam:GetRole action",
      status: 403,
    });
  });
});
