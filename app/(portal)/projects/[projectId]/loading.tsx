import { RecordLoading } from "@/components/layout/record-section";

export default function ProjectLoading() {
  return <RecordLoading title="Project" />;
}
