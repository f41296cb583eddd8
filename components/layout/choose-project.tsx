"use client";

import Link from "next/link";
import { buttonLook } from "@/components/ui/button-look";
import { paths } from "@/lib/paths";
import { usePerson } from "./person";

/** Where a role begins, for who may begin one: auditors ask for nothing. */
export function ChooseProject() {
  if (usePerson().role === "auditor") return null;
  return (
    <Link href={paths.projects()} className={buttonLook("plain", "small")}>
      Choose a project
    </Link>
  );
}
