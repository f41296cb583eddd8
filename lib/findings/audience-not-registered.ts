import { deathsOf, reasonOf } from "./death";
import type { FindingKind } from "./kind";
import { listed } from "./listed";

export const audienceNotRegistered: FindingKind<"audience-not-registered"> = {
  id: "audience-not-registered",
  where: "who",
  severities: ["caution"],
  title: "An audience that the provider refuses",
  about:
    "The trust asks for an audience that is not among the client ids of the account's OIDC provider. AWS refuses such a token before it reads the trust.",
  mending: "Add the audience to the provider, or ask for one that it has.",
  find(input) {
    const found = deathsOf(input).filter(({ cause }) => cause === "audience-not-registered");
    const [first] = found;
    if (!first) return null;
    const names = found.map(({ written }) => written.value);
    const more = found.length > 1 ? ` Likewise ${listed(names.slice(1))}.` : "";
    return {
      severity: "caution",
      why: `${reasonOf(first)}${more}`,
      names,
      place: first.place,
    };
  },
};
