import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { PolicyStatement } from "@/lib/iam/policy-schema";
import { listOf } from "@/lib/iam/policy-schema";
import type { Check } from "./finding";

const namesAtMost = 3;

/** A trust that lets in anybody beside the jobs of this GitLab: another account, a service, another issuer, everybody. */
export const otherPrincipal: Check = ({ trustPolicy, issuer }) => {
  const others = [
    ...new Set(
      trustPolicy.Statement.filter(({ Effect }) => Effect === "Allow").flatMap((statement) =>
        othersIn(statement, issuer),
      ),
    ),
  ];
  if (others.length === 0) return null;
  const more = others.length - namesAtMost;
  const names = others.slice(0, namesAtMost).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return {
    id: "other-principal",
    severity: "danger",
    title: "Others than GitLab's jobs get in",
    why: `The trust policy also lets in ${names}. Who gets in by branch and tag does not tell of them.`,
    mend: null,
    mendId: null,
    where: "who",
  };
};

const everyOf: Record<string, string> = { AWS: "every AWS account", Federated: "every identity provider" };

/** A Principal of `*` is everybody; one account's root is all that the account allows (IAM User Guide, "Principal"). */
function othersIn({ Principal, NotPrincipal }: PolicyStatement, issuer: string): string[] {
  if (NotPrincipal !== undefined) return ["everybody but those whom NotPrincipal names"];
  if (Principal === undefined) return [];
  if (Principal === "*") return ["everybody"];
  const provider = `:oidc-provider/${providerUrlPath(issuer)}`;
  return Object.entries(Principal).flatMap(([kind, values]) =>
    listOf(values)
      .filter((value) => kind !== "Federated" || !value.endsWith(provider))
      .map((value) => (value === "*" ? (everyOf[kind] ?? "everybody") : value)),
  );
}
