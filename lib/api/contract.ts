import { auditContract } from "@/lib/audit/contract";
import { accountsContract, projectsContract } from "@/lib/catalog/contract";
import { identityContract } from "@/lib/identity/contract";
import { roleRequestContract } from "@/lib/role-request/contract";
import { roleContract } from "@/lib/role/contract";
import { searchContract } from "@/lib/role/search-contract";

/** The whole API. Every procedure here is in the persona x action matrix, or its test fails. */
export const contract = {
  identity: identityContract,
  projects: projectsContract,
  accounts: accountsContract,
  requests: roleRequestContract,
  roles: roleContract,
  audit: auditContract,
  search: searchContract,
};
