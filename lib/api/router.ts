import { accountProcedures } from "@/lib/account/procedures";
import { auditProcedures } from "@/lib/audit-log/procedures";
import { identityProcedures } from "@/lib/identity/procedures";
import { countProcedures } from "@/lib/overview/count-procedures";
import { searchProcedures } from "@/lib/overview/search-procedures";
import { projectProcedures } from "@/lib/project/procedures";
import { requestProcedures } from "@/lib/request/procedures";
import { roleProcedures } from "@/lib/role/procedures";
import { draftProcedures } from "@/lib/role-form/procedures";
import { snapshotProcedures } from "@/lib/snapshot/procedures";
import { trustProcedures } from "@/lib/trust/procedures";

/** The implementation of lib/api/contract. */
export const router = {
  identity: { ...identityProcedures, ...countProcedures },
  projects: projectProcedures,
  accounts: accountProcedures,
  requests: { ...requestProcedures, ...draftProcedures, ...snapshotProcedures },
  roles: roleProcedures,
  audit: auditProcedures,
  search: searchProcedures,
  trust: trustProcedures,
};
