import type { AwsAccountView } from "@/lib/account/model";
import type { AccountInput } from "@/lib/account/schema";

/** What the dialog's fields hold: text as typed. */
export interface AccountForm
  extends Record<
    "accountId" | "name" | "region" | "spokeRoleArn" | "externalId" | "defaultPath" | "boundaryArn" | "namePrefix",
    string
  > {
  partition: AccountInput["partition"];
  boundaryRequired: boolean;
}

/** The fields of an account, or of a new one. An ExternalId is never sent to the browser. */
export function accountFormOf(account: AwsAccountView | null): AccountForm {
  return {
    accountId: account?.accountId ?? "",
    name: account?.name ?? "",
    partition: (account?.partition as AccountInput["partition"] | undefined) ?? "aws",
    region: account?.region ?? "us-east-1",
    spokeRoleArn: account?.spokeRoleArn ?? "",
    externalId: "",
    defaultPath: account?.defaultPath ?? "/",
    boundaryArn: account?.boundaryArn ?? "",
    boundaryRequired: account?.boundaryRequired ?? false,
    namePrefix: account?.namePrefix ?? "",
  };
}

/** What the API takes: trimmed, an empty optional field as null. */
export function accountInputOf(form: AccountForm): AccountInput {
  const optional = (text: string) => text.trim() || null;
  return {
    accountId: form.accountId.replaceAll(/[\s-]/g, ""),
    name: form.name.trim(),
    partition: form.partition,
    region: form.region.trim(),
    spokeRoleArn: optional(form.spokeRoleArn),
    externalId: optional(form.externalId),
    defaultPath: form.defaultPath.trim(),
    boundaryArn: optional(form.boundaryArn),
    boundaryRequired: form.boundaryRequired && form.boundaryArn.trim() !== "",
    namePrefix: form.namePrefix.trim(),
  };
}
