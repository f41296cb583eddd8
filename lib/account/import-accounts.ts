import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { mustBeConsistent } from "./consistency";
import { accountView } from "./read";
import type { AccountInput } from "./schema";
import { accountInputSchema } from "./schema";

const actor = { kind: "system", name: "The accounts file" } as const;

/**
 * Brings the accounts of a JSON file (an array of AccountInput) into the table; accounts that are not in the file
 * stay, and of those that are, what the file says nothing about. Returns how many were added or changed. Throws an Error that names file, account and field.
 */
export async function importAccounts(file: string, clock: Clock): Promise<number> {
  const accounts = await accountsIn(file);
  let touched = 0;
  for (const { account, said } of accounts) {
    const before = await database().awsAccount.findUnique({ where: { accountId: account.accountId } });
    if (
      before?.source === "file" &&
      Object.entries(said).every(([key, value]) => before[key as keyof AccountInput] === value)
    )
      continue;
    await recordChange({ actor, clock }, (tx) => put(tx, { account, said }, clock));
    touched += 1;
  }
  return touched;
}

/** An account with the defaults of a new one, and what the file itself says of it. */
interface Listed {
  account: AccountInput;
  said: Partial<AccountInput>;
}

async function accountsIn(file: string): Promise<Listed[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(`TRUSTDESK_ACCOUNTS_FILE: ${file} cannot be read.`, { cause: error });
  });
  const read = json(text, file);
  const parsed = z.array(accountInputSchema).safeParse(read);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`TRUSTDESK_ACCOUNTS_FILE: ${file} is not right:\n${lines.join("\n")}`);
  }
  parsed.data.forEach(mustBeConsistent);
  const written = read as Partial<AccountInput>[];
  return parsed.data.map((account, index) => ({ account, said: saidOf(account, written[index] ?? {}) }));
}

function saidOf(account: AccountInput, written: Partial<AccountInput>): Partial<AccountInput> {
  return Object.fromEntries(Object.entries(account).filter(([name]) => name in written));
}

function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`TRUSTDESK_ACCOUNTS_FILE: ${file} is not JSON.`, { cause: error });
  }
}

async function put(tx: Transaction, { account, said }: Listed, clock: Clock) {
  const before = await tx.awsAccount.findUnique({ where: { accountId: account.accountId } });
  const kept = { source: "file", updatedAt: clock.now() };
  const row = await tx.awsAccount.upsert({
    where: { accountId: account.accountId },
    create: { ...account, ...kept, createdAt: clock.now() },
    update: { ...said, ...kept },
  });
  const roles = await tx.role.count({ where: { awsAccountId: row.id } });
  const after = accountView(row, roles);
  const audit: AuditEvent = before
    ? {
        action: "account-changed",
        accountId: account.accountId,
        before: accountView(before, roles),
        after,
        detail: before.externalId === row.externalId ? undefined : "the ExternalId was replaced",
      }
    : { action: "account-added", accountId: account.accountId, after };
  return { value: row.id, audit };
}
