import { cache } from "react";
import { requirePerson } from "@/lib/identity/loaders";
import { listAccounts } from "./account-scope";
import type { AwsAccountView } from "./model";

/** The accounts that the person sees. */
export const loadAccounts = cache(async (): Promise<AwsAccountView[]> => listAccounts(await requirePerson()));
