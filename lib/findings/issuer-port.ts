import type { FindingKind } from "./kind";

/** IAM: CreateOpenIDConnectProvider advises no port; a key of a policy may hold one colon. */
export const issuerPort: FindingKind<"issuer-port"> = {
  id: "issuer-port",
  where: "who",
  severities: ["caution"],
  title: "An issuer with a port",
  about:
    "The issuer's address holds a port. AWS advises against one, and a condition key may hold one colon only, so the trust may be refused or never match.",
  mending:
    "Serve GitLab on port 443, or give its tokens an issuer without a port (ci_id_tokens issuer_url, GitLab 18.1 and later).",
  find({ survey }) {
    const { issuer } = survey.provider;
    const port = /^https?:\/\/[^/]*:(\d+)/.exec(issuer)?.[1];
    if (port === undefined || port === "443") return null;
    return {
      severity: "caution",
      why: `${issuer} holds the port ${port}: AWS may refuse the trust, or never match it.`,
      names: [issuer],
    };
  },
};
