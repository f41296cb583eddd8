import { serviceAreas } from "./groups";
import type { ProjectSpec } from "./projects";

const subjects = [
  "accounts",
  "alerts",
  "audit",
  "batches",
  "callbacks",
  "contracts",
  "customers",
  "documents",
  "emails",
  "events",
  "exports",
  "forms",
  "imports",
  "invoices",
  "labels",
  "limits",
  "mappings",
  "notes",
  "profiles",
  "quotes",
  "rates",
  "rules",
  "sessions",
  "tickets",
  "webhooks",
] as const;
const kinds = ["api", "worker", "ui", "jobs", "gateway", "sync", "store", "infra"] as const;
const branchSets = [
  ["main"],
  ["main", "develop"],
  ["main", "develop", "feature/retry"],
  ["main", "release/1.0", "release/1.1"],
] as const;

/** From so many services on, the first of them has as many branches as a big company's busiest project. */
const bigCompany = 20_000;
const branchesOfBusiest = 5000;

/** The first `count` generated services, spread evenly over the groups acme/services-*: the same names every time. */
export function serviceProjects(count: number): ProjectSpec[] {
  const services = Array.from({ length: count }, (_, index) => serviceProject(index));
  const [busiest, ...others] = services;
  if (count < bigCompany || !busiest) return services;
  return [
    {
      ...busiest,
      branches: ["main", ...Array.from({ length: branchesOfBusiest - 1 }, (_, index) => `feature/ticket-${index + 1}`)],
    },
    ...others,
  ];
}

function serviceProject(index: number): ProjectSpec {
  const area = serviceAreas[index % serviceAreas.length] ?? "billing";
  const place = Math.floor(index / serviceAreas.length);
  const subject = subjects[place % subjects.length] ?? "api";
  const kind = kinds[Math.floor(place / subjects.length) % kinds.length] ?? "api";
  const generation = Math.floor(place / (subjects.length * kinds.length));
  const name = `${subject}-${kind}${generation > 0 ? `-${generation + 1}` : ""}`;
  return {
    id: 200_001 + index,
    path: `acme/services-${area}/${name}`,
    description: `${area}: ${subject} ${kind}`,
    branches: branchSets[(index * 7) % branchSets.length] ?? ["main"],
    tags: index % 3 === 0 ? ["v1.0.0"] : [],
  };
}
