import type { FindingKind } from "./kind";
import { namedOthers } from "./named-others";

export const samlProvider: FindingKind<"saml-provider"> = {
  id: "saml-provider",
  where: "who",
  severities: ["danger"],
  title: "People get in through single sign-on",
  about: "The trust names a SAML provider, so people can assume the role of a pipeline.",
  mending: "Take the statement out, and give people a role of their own.",
  find: ({ survey }) => namedOthers(survey, ["saml"], (names) => `The trust policy also lets in ${names}.`),
};
