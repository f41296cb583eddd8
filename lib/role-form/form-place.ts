import type { AccountChoice } from "@/lib/account/model";
import { providerArn } from "@/lib/iam/arn";
import type { TemplatePlace } from "@/lib/iam/templates/template";
import type { TrustedProject } from "@/lib/iam/trust-view";
import { componentsShown } from "@/lib/judgement/project";
import type { ProjectView } from "@/lib/project/model";

export type DesiredProject = Pick<
  ProjectView,
  "projectId" | "path" | "namespaceId" | "issuer" | "components" | "componentsReason" | "standstill"
>;
export type DesiredAccount = Pick<
  AccountChoice,
  "accountId" | "name" | "partition" | "region" | "boundaryArn" | "boundaryRequired"
>;

/** The project that a role is for, and the account that holds it, as they are now. */
export interface FormPlace {
  project: DesiredProject;
  /** Null until one is picked. */
  account: DesiredAccount | null;
}

/** ARN of the provider that the role will trust. Before an account is picked its id is shown as twelve zeros. */
export function providerFor(project: Pick<DesiredProject, "issuer">, account: DesiredAccount | null): string {
  const { partition, accountId } = templatePlace(account);
  return providerArn({ partition, accountId, issuer: project.issuer });
}

/** Where templates are built for. */
export function templatePlace(account: DesiredAccount | null): TemplatePlace {
  const { partition, accountId, region } = account ?? {
    partition: "aws",
    accountId: "000000000000",
    region: "us-east-1",
  };
  return { partition, accountId, region };
}

/** For whom the form reads a trust. */
export function trustedProject({ project, account }: FormPlace): TrustedProject {
  const components = componentsShown(project);
  return {
    issuer: project.issuer,
    providerArn: providerFor(project, account),
    components: components.ok ? components.components : null,
    projectId: String(project.projectId),
    projectPath: project.path,
    namespaceId: String(project.namespaceId),
  };
}
