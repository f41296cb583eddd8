import type { ReactNode } from "react";
import { Shell } from "@/components/layout/shell";
import { requirePerson } from "@/lib/identity/loaders";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const { person } = await requirePerson();
  return <Shell person={person}>{children}</Shell>;
}
