import { cache } from "react";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env";
import { requirePerson } from "@/lib/identity/loaders";
import { listAccounts } from "./account-scope";
import { importAccounts } from "./import-accounts";
import type { AwsAccountView } from "./model";

/** The accounts that the person sees. */
export const loadAccounts = cache(async (): Promise<AwsAccountView[]> => listAccounts(await requirePerson()));

/** Brings the file that TRUSTDESK_ACCOUNTS_FILE names, if any, into the table. Throws an Error that names the file and the field. */
export async function prepareAccounts(): Promise<void> {
  if (env.accountsFile) await importAccounts(env.accountsFile, systemClock);
}
