import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env";
import { importAccounts } from "./import-accounts";

/** Brings the file that TRUSTDESK_ACCOUNTS_FILE names, if any, into the table. Throws an Error that names the file and the field. */
export async function prepareAccounts(): Promise<void> {
  if (env.accountsFile) await importAccounts(env.accountsFile, systemClock);
}
