import { auditProcedures } from "@/lib/catalog/audit-procedures";
import { accountProcedures } from "@/lib/catalog/account-procedures";
import { countProcedures } from "@/lib/catalog/count-procedures";
import { projectProcedures } from "@/lib/catalog/project-procedures";
import { identityProcedures } from "@/lib/identity/procedures";
import { roleRequestProcedures } from "@/lib/role-request/procedures";
import { roleProcedures } from "@/lib/role/procedures";
import { searchProcedures } from "@/lib/role/search-procedures";

/** The implementation of lib/api/contract. */
export const router = {
  identity: { ...identityProcedures, ...countProcedures },
  projects: projectProcedures,
  accounts: accountProcedures,
  requests: roleRequestProcedures,
  roles: roleProcedures,
  audit: auditProcedures,
  search: searchProcedures,
};
