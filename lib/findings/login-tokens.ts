import type { FindingKind } from "./kind";

/** Login tokens and job tokens share issuer and keys (GitLab's app/controllers/jwks_controller.rb). */
export const loginTokens: FindingKind<"login-tokens"> = {
  id: "login-tokens",
  where: "who",
  severities: ["danger"],
  title: "People's sign-in tokens get in",
  about:
    "When somebody signs in to an application with GitLab, the application gets a token of the same issuer, whose subject is the person's number. A trust that takes such a subject lets in people, and every application that they sign in to.",
  mending: "Hold the subject to the project: job tokens begin with project_path: or project_id:.",
  find({ survey }) {
    const found = survey.beyond.find(({ kind }) => kind === "login");
    if (!found || survey.stranger) return null;
    return {
      severity: "danger",
      why: `The trust takes ${found.witness?.words ?? found.words}: ${found.who} can use the role.`,
      names: ["login tokens"],
      place: found.statement === null ? null : { statement: found.statement },
      mendId: "choose-refs",
    };
  },
};
