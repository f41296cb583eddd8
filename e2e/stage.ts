import type { APIResponse } from "@playwright/test";
import { expect } from "@playwright/test";
import type { Session } from "./session";

/** The project whose roles the journeys make: a Maintainer, two protected kinds of branches. */
export const shopWeb = { id: 90201, path: "acme/shop/web" };

interface Asked {
  roleName: string;
  /** Branches that are let in; absent: main. */
  branches?: string[];
}

/**
 * Sends a request for a role of shop/web in the account dev, which has GitLab's provider already, as the form does;
 * answers its id. A platform engineer's is applied, an owner's waits.
 */
export async function askedFor({ api }: Session, { roleName, branches = ["main"] }: Asked): Promise<string> {
  const accounts = await answer<{ id: string; name: string }[]>(api.get("/api/v1/accounts"));
  const awsAccountId = accounts.find(({ name }) => name === "dev")?.id ?? "";
  const snapshot = { awsAccountId, roleName };
  await expect
    .poll(async () => (await answer<{ state: string }>(api.get("/api/v1/snapshots", { params: snapshot }))).state)
    .toBe("ready");
  const draft = {
    ...{ projectId: shopWeb.id, awsAccountId, roleName, policyName: "deploy" },
    refs: branches.map((name) => ({ name, type: "branch" })),
    permissions: {
      kind: "document",
      text: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["s3:PutObject"], Resource: ["arn:aws:s3:::acme-web/*"] }],
      }),
    },
    justification: "The shop is deployed from its pipeline",
  };
  // Whoever has seen neither plan nor judgement is refused with each as it is now: what the form shows.
  const told = async (shown: { planDigest: string }): Promise<{ planDigest?: string; judgementDigest?: string }> => {
    const refused = await api.post("/api/v1/requests", { data: { draft, ...unseen, ...shown } });
    const said = (await refused.json()) as { data?: { data?: object } };
    return said.data?.data ?? {};
  };
  const { planDigest = "" } = await told(unseen);
  const { judgementDigest } = await told({ planDigest });
  if (!judgementDigest) throw new Error(`No plan for ${roleName}: ${planDigest}`);
  const shown = { planDigest, judgementDigest };
  return (await answer<{ id: string }>(api.post("/api/v1/requests", { data: { draft, ...shown } }))).id;
}

const unseen = { planDigest: "0".repeat(64), judgementDigest: "0".repeat(64) };

/** A role that a platform engineer made: applied, and recorded. */
export async function recordedRole(pia: Session, asked: Asked): Promise<{ roleId: string; requestId: string }> {
  const requestId = await askedFor(pia, asked);
  const read = () => answer<{ state: string; roleId: string | null }>(pia.api.get(`/api/v1/requests/${requestId}`));
  await expect.poll(async () => (await read()).state).toBe("applied");
  return { roleId: (await read()).roleId ?? "", requestId };
}

/** The role that recorded.setup.ts makes, in dev: `find` gives its row's id, and that of the request that made it. */
export const shownRole = {
  name: "shop-web-shown",
  arn: "arn:aws:iam::444455556666:role/shop-web-shown",
  find: async ({ api }: Session): Promise<{ roleId: string; requestId: string }> => {
    const first = async (list: string): Promise<string> => {
      const { rows } = await answer<{ rows: { id: string }[] }>(
        api.get(`/api/v1/${list}`, { params: { query: shownRole.name } }),
      );
      return rows[0]?.id ?? `no-${list}-of-${shownRole.name}`;
    };
    return { roleId: await first("roles"), requestId: await first("requests") };
  },
};

/** A platform engineer's rejection. */
export async function rejected({ api }: Session, id: string, reason: string): Promise<void> {
  await answer(api.post(`/api/v1/requests/${id}/reject`, { data: { id, reason } }));
}

async function answer<T>(call: Promise<APIResponse>): Promise<T> {
  const response = await call;
  if (!response.ok()) throw new Error(`${response.status()} from ${response.url()}: ${await response.text()}`);
  return (await response.json()) as T;
}
