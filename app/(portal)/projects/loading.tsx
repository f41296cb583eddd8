import { ListLoading } from "@/components/layout/list-header";

export default function ProjectsLoading() {
  return <ListLoading title="Projects" />;
}
