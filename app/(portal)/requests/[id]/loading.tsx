import { RecordLoading } from "@/components/layout/record-section";

export default function RequestLoading() {
  return <RecordLoading title="Request" />;
}
