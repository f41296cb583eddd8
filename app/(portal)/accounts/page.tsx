import { AccountList } from "@/components/account/account-list";
import { mayChangeAccounts } from "@/lib/account/access";
import { requirePerson } from "@/lib/identity/loaders";

export const metadata = { title: "Accounts" };

export default async function AccountsPage() {
  const { person } = await requirePerson();
  const decision = mayChangeAccounts(person);
  return <AccountList reason={decision.ok ? null : decision.reason} ownOnly={person.role === "member"} />;
}
