/** Runs once when the web starts: brings the accounts file into the table. A wrong file stops the start, with its reason. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { prepareAccounts } = await import("@/lib/catalog/account-loaders");
  await prepareAccounts();
}
