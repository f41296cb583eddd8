"use client";

import Link from "next/link";
import { type ReactNode, useSyncExternalStore } from "react";
import { asLeft } from "@/components/ui/list-place";

/** A link up: a list opens with the filters with which it was left. */
export function CrumbLink({ href, children }: { href: string; children: ReactNode }) {
  const back = useSyncExternalStore(
    never,
    () => asLeft(href),
    () => href,
  );
  return (
    <Link href={back} className="rounded-sm hover:text-ink hover:underline">
      {children}
    </Link>
  );
}

function never(): () => void {
  return () => undefined;
}
