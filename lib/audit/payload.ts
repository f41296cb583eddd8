import type { Grade } from "@/lib/findings/finding";
import type { AccountTest } from "@/lib/iam/account-test";
import type { Change, Plan, RoleDocument, RoleState, Snapshot } from "@/lib/plan/change";

/** An account as it is told: how the worker reaches it, and never the ExternalId itself. */
export interface ToldAccount {
  /** Twelve digits. */
  accountId: string;
  name: string;
  partition: string;
  region: string;
  spokeRoleArn: string | null;
  hasExternalId: boolean;
  externalId?: never;
  defaultPath: string;
  boundaryArn: string | null;
  boundaryRequired: boolean;
  namePrefix: string;
  source: "file" | "page";
}

/** What somebody asked for: the plan that was on screen, and whether anybody has to approve it. */
interface AskedFor {
  after: { plan: Plan; planDigest: string; grade: Grade; rule: "platform-engineer" | "approval" };
  /** Why, in the requester's words. */
  detail: string;
}

/** A role as it was recorded, and as AWS holds it; null where AWS holds none. */
interface Compared {
  before: RoleDocument;
  after: RoleState | null;
}

/** What AWS held after an apply that failed, as far as it could be read; null where it could not. */
export type Truth = Pick<Snapshot, "provider" | "role" | "readAt"> | null;

type Nothing = Record<never, never>;
type Because = { detail: string };

/**
 * What the entry of each action holds beside who, when and about what: `before` and `after`, and the `detail` that its
 * sentence ends with. The one table of it; values must not hold secrets.
 */
export interface AuditPayload {
  "signed-in": Nothing;
  /** Format, filters, and up to which entry. */
  "audit-exported": Because;
  "account-added": { after: ToldAccount };
  "account-changed": { before: ToldAccount; after: ToldAccount; detail?: string | undefined };
  /** `detail` is what was found; without `after`, that the test was started. */
  "account-tested": { after?: AccountTest | undefined; detail: string };
  "role-request-submitted": AskedFor;
  "role-change-requested": AskedFor;
  "role-removal-requested": AskedFor;
  "role-restore-requested": AskedFor;
  "role-adoption-requested": AskedFor;
  "role-undo-requested": AskedFor;
  "role-request-approved": { after: { plan: Plan; planDigest: string; grade: Grade }; detail?: string | undefined };
  "role-request-rejected": { after: { planDigest: string }; detail: string };
  "role-request-withdrawn": Because;
  "role-request-refused": Because;
  "apply-started": { after: Plan };
  "apply-step-done": { before: Change["before"]; after: Change["after"]; detail: string };
  "apply-step-failed": Because;
  /** Null where the role is gone, as it should be. */
  "apply-finished": { after: { arn: string; uniqueId: string } | null };
  "apply-failed": { after: Truth; detail: string };
  "apply-cancelled": Nothing;
  /** `detail` is the role's ARN. */
  "role-recorded": { after: RoleDocument; detail: string };
  "role-removed": Nothing;
  /** `detail` is what differs, in sentences. */
  "drift-found": Compared & Because;
  "drift-gone": Compared;
}
