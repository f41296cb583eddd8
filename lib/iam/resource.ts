import type { ConditionContext } from "./condition";
import { variableValue } from "./condition";
import type { PolicyStatement } from "./policy-schema";
import { listOf } from "./policy-schema";
import type { Piece } from "./policy-value";
import { isVariable, matchesPieces, piecesOf } from "./policy-value";
import type { Truth } from "./truth";
import { anyOf, not } from "./truth";

/**
 * Whether a statement is about a resource (an ARN): one that `Resource` names, or that `NotResource` does not. Null for both
 * or neither, and where a variable's value is not known. Source: IAM user guide, reference_policies_elements_resource.
 */
export function resourceCovers(
  { Resource, NotResource }: PolicyStatement,
  resource: string,
  version: string,
  context: ConditionContext,
): Truth {
  if ((Resource === undefined) === (NotResource === undefined)) return null;
  const named = anyOf(listOf(Resource ?? NotResource).map((pattern) => isLike(pattern, resource, version, context)));
  return Resource === undefined ? not(named) : named;
}

function isLike(pattern: string, resource: string, version: string, context: ConditionContext): Truth {
  const pieces: Piece[] = [];
  for (const piece of piecesOf(pattern, version)) {
    if (!isVariable(piece)) {
      pieces.push(piece);
      continue;
    }
    const found = piece.key === null ? null : variableValue(context, piece.key);
    const brought = found === "absent" ? piece.fallback : found && found.text;
    if (brought === null) return null;
    pieces.push(...Array.from(brought, (text): Piece => ({ text })));
  }
  return matchesPieces(pieces, resource);
}
