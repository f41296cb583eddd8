/**
 * What is known of a condition key in a call, for one kind of caller:
 * token: the token says it. fixed: always this value. absent: never there. optional: there or not, with any value, which
 * nobody here knows. chosen: whatever the caller likes, present or not; with `always`, never missing. time: always there,
 * the moment of the call. Null: no page of AWS says.
 */
export type KeyKnowledge =
  | { is: "token"; claim: string }
  | { is: "fixed"; value: string }
  | { is: "absent" }
  | { is: "optional" }
  | { is: "chosen"; always?: true }
  | { is: "time"; as: "ISO 8601" | "seconds" };
