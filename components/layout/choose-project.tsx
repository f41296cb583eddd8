"use client";

import Link from "next/link";
import { useQuery } from "@tanstack/react-query";
import { buttonLook } from "@/components/ui/button-look";
import { api } from "@/lib/api/client";
import { paths } from "@/lib/paths";

/** Where a role begins, for who may begin one: auditors ask for nothing. */
export function ChooseProject() {
  const me = useQuery(api.identity.me.queryOptions());
  if (!me.data || me.data.person.role === "auditor") return null;
  return (
    <Link href={paths.projects()} className={buttonLook("plain", "small")}>
      Choose a project
    </Link>
  );
}
