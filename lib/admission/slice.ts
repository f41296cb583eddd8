import type { Caller } from "@/lib/iam/principal";
import type { Constraint } from "@/lib/language/search";

/** What a key can say in the calls of a slice. */
export interface Domain {
  /** All of them hold of the value; none: any text. */
  values: readonly Constraint[];
  mayLack: boolean;
  /** Whether the caller decides: one choice that gets in is enough. */
  chosen: boolean;
  /** Of a chosen key: what every caller can choose, where not each of the values is; missing: any of them. */
  atWill?: readonly Constraint[];
}

/** A part of all calls to assume a role: one kind of caller, one action, and what each key can say there. */
export interface Slice {
  caller: Caller;
  /** In AWS's spelling, e.g. sts:AssumeRoleWithWebIdentity. */
  action: string;
  /** Another key in lower case that always says the same, or the key itself. */
  sameAs(key: string): string;
  /** Of a key in lower case; null where nobody can tell what it says. */
  domainOf(key: string): Domain | null;
}
