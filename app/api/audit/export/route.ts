export { handleAuditExport as POST } from "@/lib/api/export-audit";

export const dynamic = "force-dynamic";
