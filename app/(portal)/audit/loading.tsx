import { ListLoading } from "@/components/layout/list-header";

export default function AuditLoading() {
  return <ListLoading title="Audit" />;
}
