import type { FindingKind } from "./kind";
import { namedOthers } from "./named-others";

export const otherProvider: FindingKind<"other-provider"> = {
  id: "other-provider",
  where: "who",
  severities: ["danger"],
  title: "Another issuer's tokens get in",
  about: "The trust names an OIDC provider of another issuer. Who gets in there is decided outside of this GitLab.",
  mending: "Take the provider out, or give those jobs a role of their own.",
  find: ({ survey }) =>
    namedOthers(
      survey,
      ["provider"],
      (names) => `The trust policy also lets in ${names}. Trustdesk does not know what that issuer mints.`,
    ),
};
