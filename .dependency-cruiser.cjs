/** The import rule of lib/README.md. Each rule says why; there is no allowlist. */
const L0 = "^lib/(errors|ids|paths)\\.ts$";
const L0s = "^lib/(env|clock|log|metrics)\\.ts$";
const test = "\\.(test|spec)\\.tsx?$|^lib/testing/|^e2e/";
const clientSafe = "/(model|schema|access|contract|desired)\\.ts$";
const server = "^lib/(db|aws|gitlab|jobs|worker|sandbox|testing|cli)/";
const never = (name, comment, from, to) => ({ name, severity: "error", comment, from: { pathNot: test, ...from }, to });

module.exports = {
  forbidden: [
    never(
      "no-cycles",
      "A cycle hides a missing concept and breaks reading from left to right.",
      {},
      { circular: true, dependencyTypesNot: ["type-only"] },
    ),
    never(
      "L0-knows-nothing",
      "L0 runs anywhere, the browser too.",
      { path: L0 },
      { path: "^(lib|components|app)/", pathNot: L0 },
    ),
    never(
      "L1-is-pure",
      "The language of GitLab and IAM must run in browser, server and tests alike.",
      { path: "^lib/(gitlab-ci|iam|plan)/" },
      {
        path: "^(lib|components|app)/|^node:|node_modules",
        pathNot: [L0, "^lib/(gitlab-ci|iam|plan)/", "node_modules/zod"],
      },
    ),
    never(
      "gitlab-ci-first",
      "gitlab-ci <- iam <- plan: tokens exist without IAM.",
      { path: "^lib/gitlab-ci/" },
      { path: "^lib/(iam|plan)/" },
    ),
    never(
      "iam-before-plan",
      "gitlab-ci <- iam <- plan: policies exist without a plan.",
      { path: "^lib/iam/" },
      { path: "^lib/plan/" },
    ),
    never(
      "adapters-stay-apart",
      "An adapter that knows another is a use case in disguise (jobs may use db).",
      { path: "^lib/(db|aws|gitlab)/" },
      { path: "^lib/(db|aws|gitlab|jobs)/", pathNot: "^lib/$1/" },
    ),
    never(
      "adapters-below-use-cases",
      "L2 is called by L3, never the other way.",
      { path: "^lib/(db|aws|gitlab|jobs)/" },
      {
        path: "^lib/(audit|identity|catalog|role-request|role|api|worker|cli|sandbox)/|^(components|app)/",
        pathNot: "^lib/(audit|identity|catalog|role-request|role)" + clientSafe,
      },
    ),
    never(
      "audit-first",
      "audit <- identity <- catalog <- role-request <- role.",
      { path: "^lib/audit/", pathNot: test },
      { path: "^lib/(identity|catalog|role-request|role)/", pathNot: clientSafe },
    ),
    never(
      "identity-second",
      "Identity knows people, not accounts or roles.",
      { path: "^lib/identity/" },
      { path: "^lib/(catalog|role-request|role)/", pathNot: clientSafe },
    ),
    never(
      "catalog-third",
      "The catalog knows nothing of requests and roles.",
      { path: "^lib/catalog/" },
      { path: "^lib/(role-request|role)/", pathNot: clientSafe },
    ),
    never(
      "request-before-role",
      "A request exists before its role.",
      { path: "^lib/role-request/" },
      { path: "^lib/role/", pathNot: clientSafe },
    ),
    never(
      "next-stays-at-the-edge",
      "Only loaders, the session and app/ know the framework; worker and tests run without it.",
      {
        path: "^lib/",
        pathNot: ["/[a-z-]*loaders\\.ts$", "^lib/identity/(auth|session|adapter|sign-in[a-z-]*)\\.ts$", test],
      },
      { path: "node_modules/(next|next-auth)/" },
    ),
    never(
      "use-cases-see-no-page",
      "Logic must not depend on how it is shown.",
      { path: "^lib/" },
      { path: "^(components|app)/" },
    ),
    never(
      "primitives-are-anybodys",
      "A primitive could ship in a different product.",
      { path: "^components/ui/" },
      { path: "^(components/(?!ui/)|lib/|app/)", pathNot: L0 },
    ),
    never(
      "components-stay-in-the-browser",
      "Server code in a component ends in the browser's bundle.",
      { path: "^components/" },
      {
        path: [server, L0s, "^lib/api/(router|handlers)", "^lib/(audit|identity|catalog|role-request|role)/", "^app/"],
        pathNot: [clientSafe, "^lib/clock\\.ts$"],
      },
    ),
    never(
      "pages-go-through-loaders",
      "Loaders own the session gate: a page that reads by itself can forget it.",
      { path: "^app/", pathNot: "^app/api/" },
      {
        path: ["^lib/(db|aws|gitlab|jobs|worker)/", "^lib/(audit|identity|catalog|role-request|role)/"],
        pathNot: [clientSafe, "/[a-z-]*loaders\\.ts$", "^lib/identity/sign-in[a-z-]*\\.ts$"],
      },
    ),
    never(
      "sandbox-imports",
      "The sandbox is another world: it knows our language (L1), never our product.",
      { path: "^lib/sandbox/", pathNot: ["contract/"] },
      { path: "^lib/(db|aws|gitlab|jobs|audit|identity|catalog|role-request|role|api|worker|cli)/|^(components|app)/" },
    ),
    never(
      "nobody-imports-the-sandbox",
      "Product code only sees URLs.",
      { pathNot: ["^lib/sandbox/", "^scripts/", "^prisma/seed", test] },
      { path: "^lib/sandbox/" },
    ),
    never(
      "one-door-to-the-database",
      "Reads and the write door own the database; others would bypass audit and scope.",
      {
        path: "^lib/",
        pathNot: [
          "^lib/db/",
          "^lib/jobs/",
          "^lib/audit/",
          "/[a-z-]*read[a-z-]*\\.ts$",
          "^lib/identity/",
          "^lib/catalog/",
          "^lib/role-request/",
          "^lib/role/",
          "^lib/worker/",
          "^lib/cli/",
          test,
        ],
      },
      { path: "^lib/db/client" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^lib/db/generated|^\\.next|^\\.trustdesk" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
    },
  },
};
