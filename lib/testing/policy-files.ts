import { runCommand } from "@/lib/cli/commands";

const provider = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";

/** A trust as text, of gitlab.com's provider, with this condition. */
export function trustText(condition: Record<string, unknown>, indent?: number): string {
  const statement = {
    Effect: "Allow",
    Principal: { Federated: provider },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, indent);
}

/** Lets in main of acme/shop (id 7301) and nothing else. */
export const safeTrust = trustText({
  StringEquals: {
    "gitlab.com:aud": "https://gitlab.com",
    "gitlab.com:project_id": "7301",
    "gitlab.com:sub": "project_path:acme/shop:ref_type:branch:ref:main",
  },
});

/** Lets in every project of gitlab.com. */
export const openTrust = trustText({ StringEquals: { "gitlab.com:aud": "https://gitlab.com" } }, 2);

/** A token's claims, as the job of a branch of acme/shop has them. */
export function claimsOf(branch: string): Record<string, string> {
  return {
    iss: "https://gitlab.com",
    aud: "https://gitlab.com",
    sub: `project_path:acme/shop:ref_type:branch:ref:${branch}`,
    project_id: "7301",
  };
}

export const projectText = JSON.stringify({
  issuer: "https://gitlab.com",
  project: { path: "acme/shop", id: "7301", namespaceId: "55" },
  refs: ["branch main (protected)", "branch feature/x", "tag v1.0"],
});

/** Runs a command over files that are given as text; JSON Lines are read, where it is JSON. */
export async function runOver(files: Record<string, string | Uint8Array>, ...args: string[]) {
  const read = (name: string): Promise<Uint8Array> => {
    const found = Object.hasOwn(files, name) ? files[name] : undefined;
    if (found === undefined) return Promise.reject(Object.assign(new Error(name), { code: "ENOENT" }));
    return Promise.resolve(typeof found === "string" ? new TextEncoder().encode(found) : found);
  };
  return runCommand(args, { read, now: () => new Date("2026-11-25T12:00:00Z") });
}
