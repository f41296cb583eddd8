import type { Clock } from "@/lib/clock";
import { databaseAt } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import { parseEnv } from "@/lib/env";
import type { CheckedAccount } from "./aws-checks";
import { awsChecks } from "./aws-checks";
import type { Check } from "./check";
import { failed, ok } from "./check";
import { databaseChecks } from "./database-checks";
import { gitlabChecks } from "./gitlab-checks";

/** Looks at the whole installation as `variables` configure it. It changes nothing, and never throws. */
export async function diagnose(variables: Record<string, string | undefined>, clock: Clock): Promise<Check[]> {
  let env: Env;
  try {
    env = parseEnv(variables);
  } catch (error) {
    return [
      failed(
        "configuration",
        error instanceof Error ? error.message : "it cannot be read.",
        "Set the variables as .env.example says.",
      ),
    ];
  }
  const [database, gitlab] = await Promise.all([databaseChecks(env, clock), gitlabChecks(env, clock)]);
  const accounts = await readAccounts(env);
  const aws = accounts
    ? await awsChecks(accounts, env.gitlabIssuer, clock)
    : [failed("aws: accounts", "they cannot be read from the database.", "Mend the database first.")];
  return [ok("configuration", "every variable is set and well formed."), ...database, ...gitlab, ...aws];
}

async function readAccounts(env: Env): Promise<CheckedAccount[] | null> {
  try {
    return await databaseAt(env.databaseUrl).awsAccount.findMany({ orderBy: { name: "asc" } });
  } catch {
    return null;
  }
}
