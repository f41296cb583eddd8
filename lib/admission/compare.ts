import { parseArn } from "@/lib/iam/arn";
import { canonicalJson } from "@/lib/iam/json";
import { normalForm } from "@/lib/iam/normal-form";
import type { PolicyStatement, TrustPolicy } from "@/lib/iam/policy-schema";
import { listOf } from "@/lib/iam/policy-schema";
import type { Caller } from "@/lib/iam/principal";
import type { NaturalCalls } from "./natural";
import type { CallKind, OnlyIn } from "./only-in";
import { onlyIn } from "./only-in";
import type { OtherCaller } from "./others";
import { othersNamed } from "./others";
import type { Slice } from "./slice";
import type { Point } from "./solve";
import type { Witness } from "./witness";
import { callerWitness } from "./witness";

/** What a change of trust does: calls that only one of the two lets in, one of each kind of caller. */
export interface TrustChange {
  /** Null: nobody can tell. A proven witness means false, whatever else is untold. */
  same: boolean | null;
  admits: Witness[];
  shutsOut: Witness[];
  /** Of kinds of calls where it cannot be told: what only one of the two may let in. */
  untold: Witness[];
}

interface Compared {
  /** The moment that date operators compare with; null: any. */
  at: Date | null;
  natural?: readonly NaturalCalls[];
  /** The role's account, twelve digits: a provider of another lets nobody in. Missing: not known. */
  accountId?: string;
}

/** Permissions that a session's creation needs beside the assuming itself (IAM user guide, "Session tags"; STS reference). */
const besideAssuming = ["sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"];

/** Compares two trusts by the calls that they let in, of every caller that either names. */
export function compareTrusts(
  before: TrustPolicy,
  after: TrustPolicy,
  { at, natural = [], accountId }: Compared,
): TrustChange {
  if (normalForm(before) === normalForm(after)) return { same: true, admits: [], shutsOut: [], untold: [] };
  const named = callsNamed(before, after, at).filter(({ slice: { caller } }) => isOfAccount(caller, accountId));
  const gained = named.map((calls) => difference(calls, natural, after, before));
  const lost = named.map((calls) => difference(calls, natural, before, after));
  const admits = gained.flatMap(({ proven }) => proven);
  const shutsOut = lost.flatMap(({ proven }) => proven);
  const isOpen = [...gained, ...lost].some(({ isOpen }) => isOpen) || !isAllNamed(before, after);
  const same = admits.length + shutsOut.length > 0 ? false : isOpen ? null : true;
  return { same, admits, shutsOut, untold: [...gained, ...lost].flatMap(({ possible }) => possible) };
}

function callsNamed(before: TrustPolicy, after: TrustPolicy, at: Date | null): CallKind[] {
  const callers = othersNamed([...before.Statement, ...after.Statement], null, at).filter(isOne);
  return callers.flatMap((caller) =>
    [caller.slice.action, ...besideAssuming].map((action) => {
      const slice = { ...caller.slice, action };
      return { slice, witness: (point: Point) => callerWitness({ ...caller, slice }, point) };
    }),
  );
}

function isOfAccount(caller: Caller, accountId: string | undefined): boolean {
  if (accountId === undefined || caller.kind !== "federated") return true;
  return (parseArn(caller.providerArn)?.accountId ?? accountId) === accountId;
}

interface Difference {
  proven: Witness[];
  possible: Witness[];
  /** Whether it cannot be told of some calls. */
  isOpen: boolean;
}

/** What one trust lets in and the other does not, of all calls of a caller; by natural calls of the same where they show it. */
function difference(
  calls: CallKind,
  natural: readonly NaturalCalls[],
  trust: TrustPolicy,
  other: TrustPolicy,
): Difference {
  const { is, witness } = onlyIn(calls, trust, other);
  if (is === "none") return { proven: [], possible: [], isOpen: false };
  const ofCaller = natural.filter(({ slice }) => isSameCall(slice, calls.slice));
  const told = (isLast: boolean): Witness[] =>
    ofCaller.flatMap((one) => (one.isLast === isLast ? shownBy(onlyIn(one, trust, other), is) : []));
  const first = told(false);
  const found = first.length > 0 ? first : told(true).slice(0, 1);
  const witnesses = found.length > 0 ? found : shownBy({ is, witness }, is);
  return is === "proven"
    ? { proven: witnesses, possible: [], isOpen: false }
    : { proven: [], possible: witnesses, isOpen: true };
}

function shownBy({ is, witness }: OnlyIn, asked: OnlyIn["is"]): Witness[] {
  return is === asked && witness ? [witness] : [];
}

function isSameCall(left: Slice, right: Slice): boolean {
  return left.action === right.action && canonicalJson(left.caller) === canonicalJson(right.caller);
}

/** Whether a call by just that name can be asked about: whom a `*` of another kind than AWS's stands for, no page says. */
function isOne({ kind, slice: { caller } }: OtherCaller): boolean {
  if (caller.kind === "federated") return caller.providerArn !== "*";
  return kind !== "service" || (caller.kind === "service" && caller.name !== "*");
}

/**
 * Whether every caller that gets in by either is asked about. Statements that let in whom nobody can name must be the
 * same in both, with all that is denied.
 */
function isAllNamed(before: TrustPolicy, after: TrustPolicy): boolean {
  const [was, is] = [before, after].map((policy) => {
    const open = policy.Statement.filter((statement) => statement.Effect === "Allow" && isUnnamed(statement));
    const denied = policy.Statement.filter(({ Effect }) => Effect === "Deny");
    return open.length === 0 ? null : normalForm({ ...policy, Statement: [...open, ...denied] });
  });
  return was === is;
}

function isUnnamed({ Principal }: PolicyStatement): boolean {
  if (Principal === undefined || Principal === "*") return true;
  return Object.entries(Principal).some(
    ([kind, values]) => !askedKinds.has(kind) || (kind !== "AWS" && listOf(values).includes("*")),
  );
}

const askedKinds: ReadonlySet<string> = new Set(["AWS", "Federated", "Service"]);
