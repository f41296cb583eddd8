import { AwsError, invalidInput, quotaExceeded } from "./errors";
import type { Tag } from "./state";

const tagsPerResource = 50;

/** Checks the tags of one request (IAM model: Tag). Throws ValidationError or InvalidInput. */
export function checkTags(tags: readonly Tag[], { caseSensitive }: { caseSensitive: boolean }): void {
  if (tags.length > tagsPerResource)
    throw new AwsError(
      400,
      "ValidationError",
      `1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to ${tagsPerResource}`,
    );
  tags.forEach(({ Key, Value }, index) => {
    checkMember(Key, `tags.${index + 1}.member.key`, /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u);
    checkMember(Value, `tags.${index + 1}.member.value`, /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u);
    if (Key.trim() === "") throw new AwsError(400, "ValidationError", "Tag keys must not be blank.");
    if (Key.toLowerCase().startsWith("aws:"))
      throw invalidInput("Tag keys beginning with aws: are reserved for system use.");
  });
  const keys = tags.map(({ Key }) => (caseSensitive ? Key : Key.toLowerCase()));
  if (new Set(keys).size !== keys.length)
    throw invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
}

/** Tags after `added`; re-tagging replaces the value and, where case does not count, the spelling. Throws LimitExceeded. */
export function mergedTags(
  existing: readonly Tag[],
  added: readonly Tag[],
  { caseSensitive }: { caseSensitive: boolean },
): Tag[] {
  const same = (a: string, b: string): boolean => (caseSensitive ? a === b : a.toLowerCase() === b.toLowerCase());
  const kept = existing.filter(({ Key }) => !added.some((tag) => same(tag.Key, Key)));
  const merged = [...kept, ...added];
  if (merged.length > tagsPerResource) throw quotaExceeded("TagsPerResource", tagsPerResource);
  return merged;
}

/** For an answer: no element at all when there are none. */
export function tagFields(tags: readonly Tag[]): { Tags?: { Key: string; Value: string }[] } {
  return tags.length === 0 ? {} : { Tags: tags.map(({ Key, Value }) => ({ Key, Value })) };
}

/** The condition keys of the tags that a request sets (IAM user guide, "Controlling access to AWS requests"). */
export function requestTagKeys(tags: readonly Tag[]): Record<string, string | string[]> {
  return tags.length === 0
    ? {}
    : { ...conditionKeys("aws:RequestTag", tags), "aws:TagKeys": tags.map(({ Key }) => Key) };
}

/** The condition keys of the tags that a resource carries. */
export function resourceTagKeys(tags: readonly Tag[]): Record<string, string> {
  return conditionKeys("aws:ResourceTag", tags);
}

function conditionKeys(prefix: string, tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [`${prefix}/${Key}`, Value]));
}

function checkMember(value: string, name: string, pattern: RegExp): void {
  if (!pattern.test(value))
    throw new AwsError(
      400,
      "ValidationError",
      `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*`,
    );
}
