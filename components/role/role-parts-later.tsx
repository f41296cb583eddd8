"use client";

import { partLater } from "@/components/ui/part-later";

/** What stands behind the tabs of a role's page that are not open at first. */
export const RoleTrust = partLater("The trust policy", async () => (await import("./role-trust")).RoleTrust);
export const RolePermissions = partLater(
  "What it may do",
  async () => (await import("./role-permissions")).RolePermissions,
);
export const RoleCiJob = partLater("The CI job", async () => (await import("./role-ci-job")).RoleCiJob);
export const RoleHistory = partLater("The history", async () => (await import("./role-history")).RoleHistory);
