import type { Finding, Grade } from "@/lib/findings/finding";
import type { Plan, RoleDocument } from "./change";
import type { DiffLine } from "./describe";

export type { RefusalData } from "@/lib/errors";

/** One thing that is in the way, and the form's field it belongs to. */
interface RefusalProblem {
  field: string;
  reason: string;
  /** The ARN of what is in the way. */
  roleArn?: string;
}

/** Fills what `lib/errors` leaves open; `RefusalData` there is the union of these. */
declare module "@/lib/errors" {
  interface RefusalByKind {
    /** The plan is another one than was on screen: the newer one, and its digest. */
    "plan-moved": { plan: Plan; planDigest: string };
    /** The plan is the same, and what is said of it is not: what is said now, and its digest. */
    "judgement-moved": { judgementDigest: string; grade: Grade; findings: Finding[] };
    /** A request about the same role is not finished: whose, its plan, and the difference from that plan to this one. */
    "other-request": {
      requestId: string;
      requester: { name: string; username: string };
      plan: Plan;
      diff: DiffLine[];
    };
    /** The role was changed meanwhile: its newer version. `changedAt` is an ISO time. */
    "newer-version": {
      version: number;
      author: { name: string; username: string };
      changedAt: string;
      document: RoleDocument;
    };
    /** All that is wrong with a form, or that AWS would refuse of a plan. */
    problems: { problems: RefusalProblem[] };
    /** A document that was sent cannot be used. Line and column from 1, where it was sent as text; a JSON pointer into it. */
    "not-read": { line: number | null; column: number | null; pointer: string | null };
  }
}
