import { CircleDashed, CircleSlash, Hourglass, Loader } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { type RequestState, stateName } from "@/lib/request/model";

/** A request's state as a word with its icon. */
export function RequestStateBadge({ state }: { state: RequestState }) {
  switch (state) {
    case "requested":
      return (
        <Badge tone="caution" icon={Hourglass}>
          {stateName.requested}
        </Badge>
      );
    case "rejected":
      return <Badge tone="danger">{stateName.rejected}</Badge>;
    case "withdrawn":
      return <Badge icon={CircleSlash}>{stateName.withdrawn}</Badge>;
    case "queued":
      return <Badge icon={CircleDashed}>{stateName.queued}</Badge>;
    case "applying":
      return (
        <Badge tone="accent" icon={Loader}>
          {stateName.applying}
        </Badge>
      );
    case "applied":
      return <Badge tone="safe">{stateName.applied}</Badge>;
    case "failed":
      return <Badge tone="danger">{stateName.failed}</Badge>;
    case "cancelled":
      return <Badge icon={CircleSlash}>{stateName.cancelled}</Badge>;
  }
}
