import type { Goal } from "./goal";

export const goalKinds = [
  "create",
  "edit",
  "restore",
  "adopt",
  "remove",
  "undo",
] as const satisfies readonly Goal["kind"][];
export type GoalKind = (typeof goalKinds)[number];

/** What a kind of request is called, as a noun after "the request to". */
export const goalWords: Record<GoalKind, string> = {
  create: "make the role",
  edit: "change the role",
  restore: "put our version back",
  adopt: "take AWS's version",
  remove: "remove the role",
  undo: "undo a failed apply",
};
