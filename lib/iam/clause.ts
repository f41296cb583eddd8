import type { Pattern } from "@/lib/language/pattern";

/** What one value of a policy takes under its operator: a set of presented values. */
export type ValueSet =
  /** Of texts: String, Arn, Bool and Binary operators. `reads`: of other texts no page says whether they are in the set. */
  | { kind: "texts"; pattern: Pattern; reads?: Pattern }
  /** Of numbers, or of moments in milliseconds since 1970; an end that is infinite is open. */
  | { kind: "range"; of: "number" | "moment"; from: Bound; to: Bound }
  /** Of IP addresses, both ends included. */
  | { kind: "addresses"; family: 4 | 6; from: bigint; to: bigint }
  /**
   * What cannot be told; equal atoms mean the same. `unresolved`: it holds a variable whose key is absent, so that it takes
   * nothing, or makes the statement count for nothing: AWS's page says only that it may. `perhaps`: the key may be absent.
   */
  | { kind: "untold"; atom: string; because: string; unresolved?: true | "perhaps" };

export interface Bound {
  at: number;
  included: boolean;
}

/** What a statement's condition asks of one key under one operator. All clauses of a statement must hold. */
export type Clause = Comparison | Presence | UntoldClause;

interface Asked {
  /** In lower case. */
  key: string;
  /** As they stand in the document: for words and places, never for judging. */
  written: { operator: string; key: string; values: readonly string[] };
}

/** The presented value is in one of the sets; negated: in none. */
export interface Comparison extends Asked {
  kind: "comparison";
  values: readonly ValueSet[];
  negated: boolean;
  /** ForAnyValue: some presented value. ForAllValues: each one. Null: the key has one value. */
  set: "ForAnyValue" | "ForAllValues" | null;
  /** What holds where the key is absent; null: AWS's pages do not settle it. */
  whenAbsent: boolean | null;
}

/** `Null`: the key is there, or is not. */
export interface Presence extends Asked {
  kind: "presence";
  present: boolean;
}

/** An operator, or a combination, of which AWS's pages do not say what it means. */
export interface UntoldClause extends Asked {
  kind: "untold";
  because: string;
}
