import type { RoleDocument, RoleState } from "./change";
import { changesBetween } from "./edit";

/** One thing in which AWS differs from what was recorded, in words, with both sides. */
export interface Difference {
  what: "role" | "trust-policy" | "inline-policy" | "attached-policy" | "boundary" | "settings" | "tags";
  sentence: string;
  /** As Trustdesk recorded it; null for nothing. */
  ours: unknown;
  /** As AWS holds it; null for nothing. */
  theirs: unknown;
}

/** What AWS holds, against the version that was recorded last. An empty list means that both agree. */
export function driftOf(recorded: { document: RoleDocument; uniqueId: string | null }, live: RoleState | null): Difference[] {
  const { document, uniqueId } = recorded;
  if (!live) return [{ what: "role", sentence: "The role is not in AWS any more: pipelines that assume it are denied.", ours: document, theirs: null }];
  const replaced: Difference[] = uniqueId !== null && uniqueId !== live.uniqueId ? [{ what: "role", sentence: `The role was deleted and made again in AWS on ${live.createdAt.slice(0, 10)}: it is another one, of the same name.`, ours: uniqueId, theirs: live.uniqueId }] : [];
  const moved: Difference[] = document.path === live.path ? [] : [{ what: "role", sentence: `The role is at the path ${live.path} in AWS, and was recorded at ${document.path}.`, ours: document.path, theirs: live.path }];
  return [...replaced, ...moved, ...changesBetween(live, document).map(differenceOf)];
}

/** A change that would put ours back, told the other way round: what happened in AWS. */
function differenceOf(change: ReturnType<typeof changesBetween>[number]): Difference {
  const [ours, theirs] = [change.after, change.before];
  switch (change.kind) {
    case "update-trust":
      return { what: "trust-policy", sentence: "The trust policy was changed in AWS: who may assume the role is not what was approved.", ours, theirs };
    case "put-inline-policy":
      return { what: "inline-policy", sentence: theirs === null ? `The inline policy ${change.policyName} was deleted in AWS.` : `The inline policy ${change.policyName} was changed in AWS.`, ours, theirs };
    case "delete-inline-policy":
      return { what: "inline-policy", sentence: `The inline policy ${change.policyName} was added in AWS.`, ours, theirs };
    case "attach-policy":
      return { what: "attached-policy", sentence: `The managed policy ${change.policyArn} was detached in AWS.`, ours, theirs };
    case "detach-policy":
      return { what: "attached-policy", sentence: `The managed policy ${change.policyArn} was attached in AWS.`, ours, theirs };
    case "put-boundary":
      return { what: "boundary", sentence: theirs === null ? "The permissions boundary was taken off in AWS." : "The permissions boundary was replaced in AWS.", ours, theirs };
    case "delete-boundary":
      return { what: "boundary", sentence: "A permissions boundary was put on in AWS.", ours, theirs };
    case "tag-role":
      return { what: "tags", sentence: `Trustdesk's tags ${Object.keys(change.after).join(", ")} were changed in AWS.`, ours, theirs };
    default:
      return { what: "settings", sentence: "The description or the longest session was changed in AWS.", ours, theirs };
  }
}
