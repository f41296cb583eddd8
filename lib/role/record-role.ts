import { recordChange } from "@/lib/audit/record-change";
import { asJson } from "@/lib/db/json";
import type { Snapshot } from "@/lib/plan/change";
import { about, hold } from "./journal";
import type { Run } from "./journal";
import { roleDocumentOf } from "./plan-parts";

/**
 * Ends a request as applied, and records its role with a new version, all in one transaction. A role of the same
 * name that was recorded before (and removed from AWS behind our back) goes on with its next version.
 */
export async function recordRole(run: Run, snapshot: Snapshot): Promise<void> {
  const { request, plan, clock } = run;
  if (!snapshot.role) throw new Error("The role that was just made is not visible yet");
  const { arn, uniqueId } = snapshot.role;
  const document = roleDocumentOf(plan);
  const { projectId, projectPath, instanceId, grade, requesterId, awsAccountId } = request;
  const facts = { arn, uniqueId, path: document.path, projectId, projectPath, instanceId, grade, ownerId: requesterId, updatedAt: clock.now() };
  await recordChange(run, async (tx) => {
    await hold(tx, run, "finish", { state: "applied", finishedAt: clock.now() });
    const role = await tx.role.upsert({
      where: { awsAccountId_name: { awsAccountId, name: document.name } },
      create: { ...facts, awsAccountId, name: document.name, version: 1, createdAt: clock.now() },
      update: { ...facts, version: { increment: 1 } },
    });
    const { findings, admitted } = request;
    await tx.roleVersion.create({ data: { roleId: role.id, version: role.version, document: asJson(document), findings: asJson(findings), admitted: asJson(admitted), requestId: request.id, authorId: requesterId, createdAt: clock.now() } });
    return {
      value: role.id,
      audit: [
        { action: "apply-finished" as const, ...about(request), after: { arn, uniqueId } },
        { action: "role-recorded" as const, ...about(request), after: document, detail: arn },
      ],
    };
  });
}
