import { Badge } from "@/components/ui/badge";
import type { LiveState } from "@/lib/plan/live-state";

/** Says that AWS holds another role than was recorded, or none; the grade is that of the recorded version. Nothing where they agree. */
export function LiveBadge({ state }: { state: LiveState }) {
  if (state === "drifted") return <Badge tone="danger">changed in AWS</Badge>;
  return state === "gone" ? <Badge tone="danger">gone from AWS</Badge> : null;
}
