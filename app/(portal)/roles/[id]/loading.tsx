import { RecordLoading } from "@/components/layout/record-section";

export default function RoleLoading() {
  return <RecordLoading title="Role" />;
}
