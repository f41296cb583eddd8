"use client";

import Link from "next/link";
import { useCounts } from "@/components/layout/use-counts";
import { buttonLook } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import type { SignedInPerson } from "@/lib/identity/model";
import { paths } from "@/lib/paths";

/** What to do first where nothing is set up yet; nothing otherwise. */
export function FirstSteps({ person }: { person: SignedInPerson }) {
  const counts = useCounts();
  if (!counts.data) return null;
  const { accounts, projects, roles, requests } = counts.data;
  if (person.role === "platform-engineer" && accounts === 0) {
    return (
      <Step title="No AWS account is set up yet" href={paths.accounts()} button="Add an account">
        Roles are made in accounts: add the first one, with the role through which Trustdesk reaches it.
      </Step>
    );
  }
  if (person.role === "member" && projects === 0) {
    return (
      <Step title="GitLab shows no projects of yours" href={paths.projects()} button="Look at projects">
        Become a member of a project in GitLab, then sign in again. Maintainers ask for roles.
      </Step>
    );
  }
  if (roles === 0 && requests === 0) {
    if (person.role === "auditor")
      return (
        <Step title="No role yet" href={paths.audit()} button="Read the audit">
          Nobody has asked for a role so far. What was set up until now is in the audit.
        </Step>
      );
    return (
      <Step title="No role yet" href={paths.projects()} button="Choose a project">
        A role begins with a project: its Maintainers choose the branches and tags that may assume it, and what they may
        do in AWS.
      </Step>
    );
  }
  return null;
}

function Step({ title, href, button, children }: { title: string; href: string; button: string; children: string }) {
  return (
    <EmptyState
      title={title}
      action={
        <Link href={href} className={buttonLook("primary", "small")}>
          {button}
        </Link>
      }
    >
      {children}
    </EmptyState>
  );
}
