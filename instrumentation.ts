/** Runs once when the web starts: brings the accounts file into the table. A file that is wrong is logged; the web starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ importAccounts }, { systemClock }, { env }, { log }] = await Promise.all([import("@/lib/catalog/import-accounts"), import("@/lib/clock"), import("@/lib/env"), import("@/lib/log")]);
  if (!env.accountsFile) return;
  try {
    log.info({ changed: await importAccounts(env.accountsFile, systemClock) }, "the accounts file was read");
  } catch (error) {
    log.error({ err: error }, "the accounts file could not be imported");
  }
}
