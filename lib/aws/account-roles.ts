import type { RoleDetail } from "@aws-sdk/client-iam";
import { GetAccountAuthorizationDetailsCommand, GetRoleCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import type { ProviderState, RoleSettings, RoleState } from "@/lib/plan/change";
import type { AwsAccess } from "./access";
import { readProvider } from "./provider-state";
import { orNull, withPatience } from "./retry";
import { inlinePolicyOf, policyOf, roleFacts } from "./role-state";

/** A role as a page of the account's listing holds it; its documents are decoded only where somebody asks. */
export interface ListedRole {
  name: string;
  /** Throws UnreadablePolicy. */
  state(settings: RoleSettings): RoleState;
}

/** All roles of one account. Each method sends its calls one after another, so one caller has one call in flight. */
export interface AccountRoles {
  /** Description and longest session of the wanted roles, by name in lower case. */
  settings(isWanted: (lowerName: string) => boolean): Promise<Map<string, RoleSettings>>;
  /** Every role, a page at a time; no page is asked for before the one before it is done with. */
  pages(): AsyncGenerator<ListedRole[]>;
  /** Whether there is a role of that name, asked by itself: a listing may lag behind. */
  holds(roleName: string): Promise<boolean>;
  /** The OIDC provider of that ARN, or null when the account has none. */
  provider(arn: string): Promise<ProviderState | null>;
}

/** Roles a page: with inline policies of at most 10,240 characters each role, a few megabytes. */
const usualPage = 200;
/** The most that ListRoles gives (IAM API: ListRoles, MaxItems); its entries are small. */
const settingsPage = 1000;

/**
 * Reads an account's roles with GetAccountAuthorizationDetails, which has their policies, boundary and tags but neither
 * description nor longest session; those come from ListRoles, which has nothing else. Errors are the SDK's own.
 */
export function accountRoles({ iam }: Pick<AwsAccess, "iam">, pageSize = usualPage): AccountRoles {
  return {
    settings: async (isWanted) => {
      const found = new Map<string, RoleSettings>();
      let marker: string | undefined;
      do {
        const page = await withPatience(() =>
          iam.send(new ListRolesCommand({ MaxItems: settingsPage, Marker: marker })),
        );
        for (const { RoleName = "", Description = "", MaxSessionDuration = 3600 } of page.Roles ?? []) {
          if (isWanted(RoleName.toLowerCase()))
            found.set(RoleName.toLowerCase(), { description: Description, maxSessionSeconds: MaxSessionDuration });
        }
        marker = page.IsTruncated ? page.Marker : undefined;
      } while (marker);
      return found;
    },
    async *pages() {
      let marker: string | undefined;
      do {
        const page = await withPatience(() =>
          iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ["Role"], MaxItems: pageSize, Marker: marker })),
        );
        yield (page.RoleDetailList ?? []).map((detail) => ({
          name: detail.RoleName ?? "",
          state: (settings) => ({ ...stateOf(detail), ...settings }),
        }));
        marker = page.IsTruncated ? page.Marker : undefined;
      } while (marker);
    },
    holds: async (roleName) =>
      (await orNull(() => iam.send(new GetRoleCommand({ RoleName: roleName }))))?.Role !== undefined,
    provider: (arn) => readProvider(iam, arn),
  };
}

function stateOf(detail: RoleDetail): RoleState {
  const policies = (detail.RolePolicyList ?? []).map(
    ({ PolicyName = "", PolicyDocument }) =>
      [PolicyName, policyOf(PolicyDocument, inlinePolicyOf(detail.RoleName ?? "", PolicyName))] as const,
  );
  return {
    ...roleFacts(detail),
    inlinePolicies: Object.fromEntries(policies),
    attachedPolicies: (detail.AttachedManagedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []),
  };
}
