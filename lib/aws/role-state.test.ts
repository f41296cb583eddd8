import { expect, it } from "vitest";
import { policyOf } from "./role-state";

it("keeps every digit of a number, as text where a number would lose some", () => {
  const document = (value: string) =>
    `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"NumericLessThan":{"s3:max-keys":${value}}}}}`;
  const read = (value: string) => JSON.stringify(policyOf(encodeURIComponent(document(value)), "the trust policy"));
  expect(read("12345678901234567890")).toBe(document('"12345678901234567890"'));
  expect(read("1.0")).toBe(document('"1.0"'));
  expect(read("10")).toBe(document("10"));
});
