import { ListLoading } from "@/components/layout/list-header";

export default function RequestsLoading() {
  return <ListLoading title="Requests" />;
}
