import type { Caller } from "./caller";
import type { Parameters } from "./parameters";
import type { StoredAccount } from "./state";
import type { World } from "./world";
import type { XmlFields } from "./xml";

/** One call of the Query protocol by a known caller, in the caller's account. */
export interface Call {
  world: World;
  account: StoredAccount;
  caller: Caller;
  parameters: Parameters;
}

/** What a call needs permission for. */
export interface Needed {
  /** Default: the operation itself. */
  action?: string;
  resource: string;
  context?: Record<string, string | string[]>;
}

export interface Operation {
  /** The first is the operation itself; more where IAM asks for more, e.g. iam:TagRole beside iam:CreateRole. */
  needs(call: Call): Needed[];
  /** The result's fields; none for void operations. */
  run(call: Call): XmlFields | undefined | Promise<XmlFields | undefined>;
}

export type Operations = Record<string, Operation>;
