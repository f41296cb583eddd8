import { describe, expect, it } from "vitest";
import { accountInputSchema } from "@/lib/account/schema";
import { accountFormOf, accountInputOf } from "./account-form";

const typed = { ...accountFormOf(null), accountId: "1111-2222-3333", name: "prod" };

describe("account form", () => {
  it("takes an account id as the AWS console shows it, with hyphens", () => {
    expect(accountInputSchema.parse(accountInputOf(typed)).accountId).toBe("111122223333");
  });

  it("sends an empty ExternalId as null, which keeps the one that is set", () => {
    expect(accountInputOf({ ...typed, externalId: "  " }).externalId).toBeNull();
  });

  it("does not require a boundary that is not named", () => {
    expect(accountInputOf({ ...typed, boundaryRequired: true, boundaryArn: "" }).boundaryRequired).toBe(false);
  });
});
