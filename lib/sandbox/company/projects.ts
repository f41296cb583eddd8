import { articlePipeline } from "./article-pipeline";

export interface Environment {
  name: string;
  tier: "production" | "staging" | "testing" | "development" | "other";
  protected: boolean;
}

/** A project as one writes it down; `company.ts` fills in what is usual. */
export interface ProjectSpec {
  id: number;
  path: string;
  description?: string;
  visibility?: "private" | "internal" | "public";
  defaultBranch?: string;
  branches?: readonly string[];
  tags?: readonly string[];
  /** Branch names or wildcards that only Maintainers push to. */
  protectedBranches?: readonly string[];
  /** Whether Developers may merge into the protected branches, and so run pipelines there. */
  developersMayMerge?: boolean;
  protectedTags?: readonly string[];
  components?: readonly string[];
  archived?: boolean;
  empty?: boolean;
  forkOf?: number;
  /** Paths it had before; the API answers 301 there. */
  oldPaths?: readonly string[];
  /** Whether a member of this project may run a fork's merge request pipeline in it. */
  forksRunInParent?: boolean;
  /** The environment that its job deploys to. */
  environment?: Environment;
  ciConfig?: string;
}

export const articleProject: ProjectSpec = {
  id: 62715093,
  path: "gitlab-pipeline7091038/aws-auth/gitlab-pipeline-aws-oidc-auth",
  description: "GitLab pipeline that authenticates to AWS with OIDC",
  branches: ["main", "develop", "feature/login"],
  tags: ["v1.0.0"],
  protectedTags: ["v*"],
  ciConfig: articlePipeline,
};

/** Paths whose former holder, another project, was deleted: GitLab refuses to mint path subjects there. */
export const burnedPaths: readonly { path: string; projectId: number }[] = [
  { path: "acme/shop/loyalty", projectId: 90120 },
];

const shop: readonly ProjectSpec[] = [
  {
    id: 90201,
    path: "acme/shop/web",
    description: "The shop's front end",
    branches: [
      "main",
      "develop",
      "feature/login",
      "feature/dark-mode",
      "release/2.3",
      "release/2.4",
      "hotfix/cart-total",
    ],
    tags: ["v2.2.0", "v2.3.0", "v2.3.1"],
    protectedBranches: ["main", "release/*"],
    protectedTags: ["v*"],
  },
  {
    id: 90202,
    path: "acme/shop/checkout-api",
    description: "Takes the money",
    branches: ["main", "staging", "feature/apple-pay", "fix/rounding"],
    tags: ["v5.1.0", "v5.2.0", "nightly"],
    protectedBranches: ["main", "staging"],
    protectedTags: ["v*"],
  },
  { id: 90203, path: "acme/shop/catalog-api", description: "Products and variants" },
  {
    id: 90204,
    path: "acme/shop/search",
    description: "Search index and ranking",
    branches: ["main", "experiment/bm25", "experiment/vectors"],
  },
  { id: 90205, path: "acme/shop/cart", description: "Carts and promotions" },
  { id: 90206, path: "acme/shop/payments", description: "Payment providers", components: ["project_path"] },
  { id: 90207, path: "acme/shop/orders", description: "Order state machine" },
  { id: 90208, path: "acme/shop/loyalty", description: "Points, second attempt" },
  {
    id: 90209,
    path: "acme/shop/storefront-assets",
    description: "Images and fonts for the CDN",
    developersMayMerge: true,
    branches: ["main", "campaign/summer", "campaign/winter"],
  },
  { id: 90210, path: "acme/shop/gift-cards", description: "Gift cards", tags: [] },
  { id: 90211, path: "acme/shop/returns", description: "Returns and refunds", oldPaths: ["acme/shop/refunds"] },
  { id: 90212, path: "acme/shop/legacy-monolith", description: "Switched off in spring", archived: true },
];

const platform: readonly ProjectSpec[] = [
  {
    id: 90301,
    path: "acme/platform/infra",
    description: "Terraform of all accounts",
    branches: ["main", "plan/eks-1-34", "release/2026-10", "release/2026-11"],
    protectedBranches: ["main", "release/*"],
  },
  {
    id: 90302,
    path: "acme/platform/terraform-modules",
    description: "Shared modules",
    tags: ["v3.0.0", "v3.1.0", "v3.1.1", "v4.0.0-rc1"],
    protectedTags: ["v*"],
  },
  {
    id: 90303,
    path: "acme/platform/ci-templates",
    description: "Pipelines that others include",
    visibility: "internal",
  },
  { id: 90304, path: "acme/platform/observability", description: "Dashboards and alerts" },
  {
    id: 90305,
    path: "acme/platform/k8s-clusters",
    description: "Clusters and their add-ons",
    environment: { name: "production", tier: "production", protected: true },
  },
  {
    id: 90306,
    path: "acme/platform/images",
    description: "Base images",
    environment: { name: "images/staging", tier: "staging", protected: false },
  },
  {
    id: 90307,
    path: "acme/platform/runner-fleet",
    description: "Runners on EC2",
    components: ["project_path", "ref_type", "ref", "ref_protected"],
  },
  {
    id: 90308,
    path: "acme/platform/edge-proxy",
    description: "Envoy at the edge",
    branches: ["main", "canary"],
    protectedBranches: [],
  },
  {
    id: 90309,
    path: "acme/platform/dns",
    description: "Zones as code",
    defaultBranch: "trunk",
    branches: ["trunk"],
    protectedBranches: ["trunk"],
  },
  { id: 90310, path: "acme/platform/geo", description: "Geo routing, came from the shop", oldPaths: ["acme/shop/geo"] },
];

const others: readonly ProjectSpec[] = [
  {
    id: 90401,
    path: "acme/data/pipelines",
    description: "Nightly loads",
    branches: ["main", "develop", "feature/late-events"],
    forksRunInParent: true,
  },
  { id: 90402, path: "acme/data/warehouse", description: "Models of the warehouse" },
  { id: 90403, path: "acme/data/ml-features", description: "Feature store" },
  { id: 90404, path: "acme/data/dashboards", description: "Reports for the business" },
  { id: 90405, path: "acme/data/events-schema", description: "Event contracts", visibility: "internal" },
  { id: 90406, path: "acme/data/exports", description: "Files for partners" },
  {
    id: 90407,
    path: "acme/data/airflow-dags",
    description: "Schedules",
    components: ["project_id", "ref_type", "ref"],
  },
  {
    id: 90501,
    path: "acme/Mobile/iOS-App",
    description: "The app for iPhone",
    branches: ["main", "release/8.0", "feature/Widgets"],
    protectedBranches: ["main", "release/*"],
    tags: ["8.0.0", "7.9.2"],
  },
  { id: 90502, path: "acme/Mobile/Android-App", description: "The app for Android" },
  { id: 90503, path: "acme/Mobile/Design-Tokens", description: "Colours and type" },
  { id: 90601, path: "acme/security/scanners", description: "Scan jobs" },
  { id: 90602, path: "acme/security/secrets-rotation", description: "Rotates what must rotate" },
  { id: 90701, path: "acme/internal/handbook", description: "How Acme works", visibility: "internal" },
  {
    id: 90702,
    path: "acme/internal/tools/release-bot",
    description: "Cuts releases",
    components: ["project_id", "ref_type", "ref"],
  },
  { id: 90703, path: "acme/internal/tools/chatops", description: "Commands in chat" },
  { id: 90704, path: "acme/internal/new-start", description: "Nothing here yet", empty: true },
  {
    id: 90801,
    path: "mona/pipelines",
    description: "Fork of acme/data/pipelines",
    forkOf: 90401,
    branches: ["main", "try-duckdb"],
  },
];

export const projectSpecs: readonly ProjectSpec[] = [articleProject, ...shop, ...platform, ...others];
