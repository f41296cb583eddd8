-- Search by any part of a name: ILIKE '%part%' uses these.
CREATE INDEX "Role_search_idx" ON "Role" USING gin ("name" gin_trgm_ops, "arn" gin_trgm_ops, "projectPath" gin_trgm_ops);
CREATE INDEX "RoleRequest_search_idx" ON "RoleRequest" USING gin ("roleName" gin_trgm_ops, "projectPath" gin_trgm_ops);
CREATE INDEX "Person_search_idx" ON "Person" USING gin ("name" gin_trgm_ops, "username" gin_trgm_ops);

-- The orders in which lists are read.
CREATE INDEX "ProjectMembership_activity_idx" ON "ProjectMembership" ("personId", (coalesce("lastActivityAt", '1970-01-01 00:00:00+00'::timestamptz)) DESC, "projectId");
CREATE INDEX "ProjectMembership_personId_syncedAt_idx" ON "ProjectMembership"("personId", "syncedAt");
CREATE INDEX "Role_liveState_idx" ON "Role"("instanceId", "liveState", "name", "id") WHERE "removedAt" IS NULL;
CREATE INDEX "Role_grade_idx" ON "Role"("instanceId", "grade", "name", "id") WHERE "removedAt" IS NULL;
CREATE INDEX "RoleRequest_instanceId_createdAt_idx" ON "RoleRequest"("instanceId", "createdAt" DESC, "id" DESC);
CREATE INDEX "RoleRequest_requesterId_finishedAt_idx" ON "RoleRequest"("requesterId", "finishedAt" DESC);
CREATE INDEX entry_actor_id_idx ON audit.entry (actor_id, seq);
