import type { StoredAccount, StoredRole, Tag } from "../aws/state";
import { hoursBefore } from "./aws-documents";

/** The account with these roles beside its own. */
export function withRoles(account: StoredAccount, roles: readonly StoredRole[]): StoredAccount {
  return {
    ...account,
    roles: { ...account.roles, ...Object.fromEntries(roles.map((one) => [one.name.toLowerCase(), one])) },
  };
}

/** A role as one writes it down; `role` fills in what is usual. */
export interface RoleSpec {
  name: string;
  /** Makes the unique id. */
  number: number;
  ageDays: number;
  /** Days since it was last used; null: never. */
  usedDays: number | null;
  trust: object;
  description: string;
  inline?: Record<string, object>;
  attached?: string[];
  tags?: Tag[];
}

/** A role that was made so many days before `now`, without a boundary, at the path /. */
export function role(now: Date, spec: RoleSpec): StoredRole {
  const trust = JSON.stringify(spec.trust);
  const lastUsed =
    spec.usedDays === null ? null : { at: hoursBefore(now, spec.usedDays * 24 + 3), region: "eu-central-1" };
  const inline = Object.fromEntries(
    Object.entries(spec.inline ?? {}).map(([name, document]) => [name, JSON.stringify(document)]),
  );
  return {
    name: spec.name,
    path: "/",
    id: `AROASANDBOX${String(spec.number).padStart(10, "0")}`,
    createdAt: hoursBefore(now, spec.ageDays * 24),
    trust,
    trustBefore: trust,
    changedAt: 0,
    description: spec.description,
    maxSession: 3600,
    boundary: null,
    tags: spec.tags ?? [],
    inline,
    attached: spec.attached ?? [],
    lastUsed,
  };
}

/** Reads and writes the objects of one bucket. */
export function s3Policy(bucket: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject"], Resource: `arn:aws:s3:::${bucket}/*` },
      { Effect: "Allow", Action: "s3:ListBucket", Resource: `arn:aws:s3:::${bucket}` },
    ],
  };
}
