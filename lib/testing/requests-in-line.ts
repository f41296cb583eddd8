import { readAccountRow } from "@/lib/account/read";
import { recordChange } from "@/lib/audit/record-change";
import type { AwsReader } from "@/lib/aws/reader";
import { systemClock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { markVisible } from "@/lib/identity/mark-visible";
import type { SignedInPerson } from "@/lib/identity/model";
import type { RoleDocument } from "@/lib/plan/change";
import { planDigest } from "@/lib/plan/digest";
import type { Goal } from "@/lib/plan/goal";
import { planFor, questionOf } from "@/lib/plan/goal";
import { fileRequest } from "@/lib/request/file-request";
import { unjudged } from "./judgements";
import { actorOf, articleProject, audience, draftFor, issuer } from "./role-requests";

const accountId = "777788889999";
export const gitlabProvider = `arn:aws:iam::${accountId}:oidc-provider/gitlab.com`;

/** Who asks, in which listed account, and what AWS holds. */
interface Asking {
  person: SignedInPerson;
  account: { id: string };
  reader: AwsReader;
  roleId?: string | null;
  originId?: string | null;
  project?: { id: number; path: string };
}

/** A request for a goal as the web stores it once the form, the plan and the rights are in order. Answers its id. */
export async function requestInLine(
  goal: Goal,
  { person, account, reader, roleId = null, originId = null, project }: Asking,
): Promise<string> {
  const planned = planFor(goal, await reader.readSnapshot(questionOf(goal)));
  if (!planned.ok) throw new Error(planned.problems.map(({ reason }) => reason).join(" "));
  const { plan } = planned;
  const { roleName } = questionOf(goal);
  const row = await readAccountRow(database(), account.id);
  const request = {
    planned: { goal, plan, judgement: unjudged },
    digest: await planDigest(plan),
    draft: draftFor(account, roleName),
    project: project ?? { id: articleProject.projectId, path: articleProject.path },
    account: row,
    live: markVisible({ view: { ...articleProject, path: project?.path ?? articleProject.path }, refs: [] }),
    roleName,
    rolePath: "/",
    roleId,
    originId,
  };
  return recordChange({ actor: actorOf(person), clock: systemClock }, async (tx) => {
    const { id, audit } = await fileRequest(tx, request, { person, now: systemClock.now(), instanceId: "gitlab.test" });
    return { value: id, audit };
  });
}

/** A policy that allows one action. */
export function allowing(action: string) {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: action, Resource: "*" }] };
}

/** A trust policy for one subject of gitlab.com. */
export function trusting(subject: string) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow" as const,
        Principal: { Federated: gitlabProvider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { "gitlab.com:sub": subject } },
      },
    ],
  };
}

/** What the tests' roles are at first. */
export function firstDocument(name: string): RoleDocument {
  return {
    name,
    path: "/",
    trustPolicy: trusting("project_path:acme/web:ref:main"),
    description: "first",
    maxSessionSeconds: 3600,
    boundaryArn: null,
    tags: { "trustdesk:managed": "true", "trustdesk:owner": "pia" },
    inlinePolicies: { deploy: allowing("s3:GetObject"), old: allowing("s3:ListBucket") },
    attachedPolicies: ["arn:aws:iam::aws:policy/First"],
  };
}

/** The role as wanted in the tests' account. */
export function wanted(role: RoleDocument) {
  return { accountId, partition: "aws", issuer, audience, role };
}

/** The role as one that shall go. */
export function unwanted(roleName: string, removeProvider: boolean) {
  return {
    accountId,
    partition: "aws",
    issuer,
    audience,
    roleName,
    roleArn: `arn:aws:iam::${accountId}:role/${roleName}`,
    removeProvider,
  };
}
