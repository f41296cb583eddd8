import type { ReactNode } from "react";
import { PublicFrame } from "@/components/docs/public-frame";
import { Shell } from "@/components/layout/shell";
import { personIfSignedIn } from "@/lib/identity/loaders";

/** They hold nothing of anybody: whoever has the address may read them. */
export default async function DocsLayout({ children }: { children: ReactNode }) {
  const person = await personIfSignedIn();
  return person ? <Shell person={person}>{children}</Shell> : <PublicFrame>{children}</PublicFrame>;
}
