import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { listOf } from "@/lib/iam/policy-schema";
import type { FindingKind } from "./kind";

export const portalAudience: FindingKind<"portal-audience"> = {
  id: "portal-audience",
  where: "who",
  severities: ["caution"],
  title: "Trustdesk's own client id as audience",
  about:
    "The audience is the client id by which people sign in to Trustdesk. Their sign-in tokens have that audience and the same issuer, so a leak of one is a try at the role.",
  mending: "Use an audience of its own for pipelines, such as https://sts.amazonaws.com.",
  find({ trustPolicy, survey, portalAudience: audience }) {
    if (audience === null) return null;
    const key = `${providerUrlPath(survey.provider.issuer)}:aud`.toLowerCase();
    const statement = trustPolicy.Statement.findIndex(({ Condition }) =>
      Object.values(Condition ?? {}).some((keys) =>
        Object.entries(keys).some(([name, values]) => name.toLowerCase() === key && listOf(values).includes(audience)),
      ),
    );
    const isRegistered = survey.provider.audiences?.includes(audience) ?? false;
    if (statement === -1 && !isRegistered) return null;
    return {
      severity: "caution",
      why: `${audience} is the client id of Trustdesk's own sign-in${statement === -1 ? ", and the account's provider accepts it as an audience" : ""}: people's sign-in tokens carry it.`,
      names: [audience],
      place: statement === -1 ? null : { statement },
    };
  },
};
