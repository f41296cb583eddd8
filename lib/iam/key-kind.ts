/**
 * What is known of a condition key in a call, for one kind of caller:
 * token: the token says it. fixed: always this value. absent: never there. optional: there or not, with any value, which
 * nobody here knows. chosen: whatever the caller likes, present or not. Null: no page of AWS says.
 */
export type KeyKnowledge =
  | { is: "token"; claim: string }
  | { is: "fixed"; value: string }
  | { is: "absent" }
  | { is: "optional" }
  | { is: "chosen" };
