import { ListLoading } from "@/components/layout/list-header";

export default function RolesLoading() {
  return <ListLoading title="Roles" />;
}
