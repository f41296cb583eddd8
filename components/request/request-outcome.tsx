import { CircleX } from "lucide-react";
import Link from "next/link";
import { buttonLook } from "@/components/ui/button-look";
import { cn } from "@/components/ui/class-names";
import { paths } from "@/lib/paths";
import type { RequestView } from "@/lib/request/contract";

/** Where the request stands, in a sentence that is read out when it changes, and the way on. */
export function RequestOutcome({ request }: { request: RequestView }) {
  const usable = request.state === "applied" && request.kind !== "remove" && request.kind !== "undo";
  const bad = request.state === "failed" || request.state === "rejected";
  return (
    <div
      className={cn(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border px-3 py-2.5",
        bad ? "border-danger bg-danger-soft" : "border-line bg-sunk",
      )}
    >
      {bad ? <CircleX aria-hidden className="self-start text-danger" /> : null}
      <p role="status" aria-live="polite" className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
        {sentence(request)}
      </p>
      {request.roleId && usable ? (
        <Link href={paths.roleCiJob(request.roleId)} className={buttonLook("plain")}>
          Show the CI job
        </Link>
      ) : null}
      {request.roleId ? (
        <Link
          href={paths.role(request.roleId)}
          className={buttonLook(request.state === "applied" ? "primary" : "plain")}
        >
          Show the role
        </Link>
      ) : null}
    </div>
  );
}

const applied: Record<RequestView["kind"], string> = {
  create: "Applied. AWS takes some seconds until the role is usable.",
  edit: "Applied. AWS takes some seconds until the change counts.",
  restore: "Applied. AWS takes some seconds until the change counts.",
  adopt: "Applied. What AWS holds is the new version. Nothing was changed in AWS.",
  remove: "Applied. The role is gone.",
  undo: "Applied. What the failed apply made is taken away.",
};

function sentence({ state, kind, waiting, reason }: RequestView): string {
  switch (state) {
    case "requested":
      return "Waiting for a platform engineer to approve it. Nothing reaches AWS before that.";
    case "rejected":
      return `Rejected: ${reason ?? "no reason was given"}`;
    case "withdrawn":
      return reason ?? "Withdrawn before anybody decided.";
    case "queued":
      return waiting ?? "Waiting for the worker to take it up.";
    case "applying":
      return "The worker is carrying out the plan. It goes on when this page is closed.";
    case "applied":
      return applied[kind];
    case "failed":
      return reason ?? "It could not be applied. The step that failed says why.";
    case "cancelled":
      return reason ?? "Cancelled before the first call to AWS: nothing was changed.";
  }
}
