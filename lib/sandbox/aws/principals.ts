import type { PolicyDocument } from "@/lib/iam/policy-schema";
import { listOf } from "@/lib/iam/policy-schema";
import { AwsError } from "./errors";
import type { World } from "./world";

/** Throws MalformedPolicyDocument for a user or role under `Principal.AWS` that does not exist in the sandbox's accounts. */
export function checkPrincipals(world: World, policy: PolicyDocument): void {
  for (const { Principal } of policy.Statement) {
    if (typeof Principal !== "object") continue;
    const stranger = listOf(Principal["AWS"]).find((principal) => !principalExists(world, principal));
    if (stranger !== undefined)
      throw new AwsError(400, "MalformedPolicyDocument", `Invalid principal in policy: "AWS":"${stranger}"`);
  }
}

function principalExists(world: World, principal: string): boolean {
  if (principal === "*" || /^\d{12}$/.test(principal)) return true;
  const [, accountId, kind, name = ""] = /^arn:aws:iam::(\d{12}):(root|user\/|role\/)(.*)$/.exec(principal) ?? [];
  if (!accountId || !kind) return /^arn:aws:sts::\d{12}:assumed-role\/.+\/.+$/.test(principal);
  const account = world.state.accounts[accountId];
  if (kind === "root" || !account) return true;
  if (kind === "user/")
    return Object.values(world.state.users).some((user) => user.accountId === accountId && user.userName === name);
  const role = account.roles[(name.split("/").at(-1) ?? "").toLowerCase()];
  return role !== undefined && `${role.path.slice(1)}${role.name}` === name;
}
