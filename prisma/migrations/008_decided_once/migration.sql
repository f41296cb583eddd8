-- A decision is about a request that waits for one, and is never added afterwards.
ALTER TABLE "Decision" ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON "Decision" FOR SELECT TO trustdesk_web, trustdesk_worker USING (true);
CREATE POLICY decide ON "Decision" FOR INSERT TO trustdesk_web
    WITH CHECK (EXISTS (SELECT 1 FROM "RoleRequest" r WHERE r."id" = "Decision"."requestId" AND r."state" = 'requested' AND r."rule" = 'approval'));

-- The journal's rows are written where the request goes in line: never for one that waits, nor once a worker is at it.
DROP POLICY file ON "ApplyStep";
CREATE POLICY file ON "ApplyStep" FOR INSERT TO trustdesk_web
    WITH CHECK ("state" = 'pending' AND EXISTS (SELECT 1 FROM "RoleRequest" r WHERE r."id" = "ApplyStep"."requestId" AND r."state" = 'queued'));

-- Which requests go on from one.
CREATE INDEX "RoleRequest_originId_idx" ON "RoleRequest"("originId") WHERE "originId" IS NOT NULL;
