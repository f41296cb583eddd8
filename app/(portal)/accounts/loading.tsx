import { ListLoading } from "@/components/layout/list-header";

export default function AccountsLoading() {
  return <ListLoading title="Accounts" />;
}
