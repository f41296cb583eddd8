import type { AskedRef, Entrance, Survey } from "@/lib/admission/survey";

/** Refs that get in, surely or perhaps, and that any Developer may write. */
export function unprotectedRefs({ refs }: Survey): AskedRef[] {
  return (refs ?? []).filter(({ ref, answer }) => answer.is !== "out" && !ref.protected);
}

/** Whether somebody below a Maintainer can have a token of some ref, that exists or not, as far as it is known. */
export function takesUnprotected(survey: Survey): boolean {
  return !survey.refs || unprotectedRefs(survey).length > 0 || refsToCome(survey).length > 0;
}

/** Branches and tags that do not exist yet, and that somebody below a Maintainer may make, as far as it is known. */
export function refsToCome({ beyond }: Survey): Entrance[] {
  return beyond.filter(
    ({ kind, reach }) =>
      (kind === "other-branch" || kind === "other-tag") &&
      (reach === "developers" || reach === "not-known" || reach === "anybody"),
  );
}

/** Whether every name gets in, and not only protected ones: then names by themselves are no news. */
export function takesAnyName({ anyName }: Survey): boolean {
  return anyName.some(({ protectedOnly }) => !protectedOnly);
}
