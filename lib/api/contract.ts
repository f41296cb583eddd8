import { accountsContract } from "@/lib/account/contract";
import { auditContract } from "@/lib/audit-log/contract";
import { identityContract } from "@/lib/identity/contract";
import { searchContract } from "@/lib/overview/contract";
import { projectsContract } from "@/lib/project/contract";
import { requestContract } from "@/lib/request/contract";
import { roleContract } from "@/lib/role/contract";
import { draftContract } from "@/lib/role-form/contract";
import { snapshotContract } from "@/lib/snapshot/contract";
import { trustContract } from "@/lib/trust/contract";

/** The whole API. Every procedure here is in the persona x action matrix, or its test fails. */
export const contract = {
  identity: identityContract,
  projects: projectsContract,
  accounts: accountsContract,
  requests: { ...requestContract, ...draftContract, ...snapshotContract },
  roles: roleContract,
  audit: auditContract,
  search: searchContract,
  trust: trustContract,
};
