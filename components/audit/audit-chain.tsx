"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleX, Link2, ShieldCheck } from "lucide-react";
import { Button } from "@/components/ui/button";
import { api, refusalOf } from "@/lib/api/client";

/** Walks the chain of hashes on demand and says whether it is whole. */
export function AuditChain() {
  const chain = useQuery({ ...api.audit.verify.queryOptions(), enabled: false });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 wide:flex-row-reverse">
      <Button size="small" busy={chain.isFetching ? "Verifying" : null} onClick={() => void chain.refetch()}>
        <Link2 aria-hidden className="size-3.5" /> Verify the chain
      </Button>
      <div role="status" className="text-sm">
        {chain.isError ? <span className="text-danger">{refusalOf(chain.error).message}</span> : null}
        {chain.data?.ok ? (
          <span className="inline-flex items-center gap-1.5 text-safe">
            <ShieldCheck aria-hidden className="size-3.5" /> Chain whole, {chain.data.entries.toLocaleString("en")}{" "}
            entries
          </span>
        ) : null}
        {chain.data && !chain.data.ok ? (
          <span className="inline-flex items-center gap-1.5 text-danger">
            <CircleX aria-hidden className="size-3.5" /> Chain broken at #{chain.data.brokenAt}: {chain.data.reason}
          </span>
        ) : null}
      </div>
    </div>
  );
}
