import type { PolicyStatement } from "./policy-schema";
import { listOf } from "./policy-schema";
import { matchesPieces, readValue } from "./policy-value";
import type { Truth } from "./truth";
import { anyOf, not } from "./truth";

export const webIdentityAction = "sts:AssumeRoleWithWebIdentity";

/**
 * Whether a statement is about an action, e.g. `sts:TagSession`: one that `Action` names, or that `NotAction` does not.
 * Letter case does not count, `*` and `?` are wildcards and variables are none (IAM user guide,
 * reference_policies_elements_action and …_notaction). Null for both elements or neither, which IAM refuses.
 */
export function actionCovers({ Action, NotAction }: PolicyStatement, action: string): Truth {
  if ((Action === undefined) === (NotAction === undefined)) return null;
  const named = anyOf(listOf(Action ?? NotAction).map((pattern) => isLike(pattern, action)));
  return Action === undefined ? not(named) : named;
}

/** Whether a trust statement is about AssumeRoleWithWebIdentity. */
export function isAboutWebIdentity(statement: PolicyStatement): Truth {
  return actionCovers(statement, webIdentityAction);
}

/** Wildcards stand in the action's name, not in the service's, unless all is one (IAM user guide, grammar: action_string). */
function isLike(pattern: string, action: string): Truth {
  const read = readValue(pattern.toLowerCase(), "");
  const fits = read.ok && matchesPieces(read.pieces, action.toLowerCase());
  return fits && !/^\*+$/.test(pattern) && /[*?]/.test(pattern.split(":")[0] ?? "") ? null : fits;
}
