-- Takes away RoleRequest.cancelRequested, which the version before writes: stop its processes first.
-- What a request wants, which role it is about, and from which request it goes on.
ALTER TABLE "RoleRequest"
    ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'create',
    ADD COLUMN "goal" JSONB,
    ADD COLUMN "roleId" TEXT,
    ADD COLUMN "originId" TEXT,
    ADD COLUMN "admittedBefore" JSONB,
    ADD COLUMN "queuedAt" TIMESTAMPTZ(3),
    DROP COLUMN "cancelRequested";
UPDATE "RoleRequest" SET "queuedAt" = "createdAt";
ALTER TABLE "RoleRequest"
    ADD CONSTRAINT "RoleRequest_kind_check" CHECK ("kind" IN ('create', 'edit', 'restore', 'adopt', 'remove', 'undo')),
    ADD CONSTRAINT "RoleRequest_rule_check" CHECK ("rule" IN ('platform-engineer', 'approval')),
    ADD CONSTRAINT "RoleRequest_state_check" CHECK ("state" IN ('requested', 'rejected', 'withdrawn', 'queued', 'applying', 'applied', 'failed', 'cancelled')),
    ADD CONSTRAINT "RoleRequest_id_requesterId_key" UNIQUE ("id", "requesterId"),
    ADD CONSTRAINT "RoleRequest_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    ADD CONSTRAINT "RoleRequest_originId_fkey" FOREIGN KEY ("originId") REFERENCES "RoleRequest"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "RoleRequest_state_createdAt_idx" ON "RoleRequest"("state", "createdAt" DESC);
CREATE INDEX "RoleRequest_requesterId_createdAt_idx" ON "RoleRequest"("requesterId", "createdAt" DESC);
CREATE INDEX "RoleRequest_roleId_createdAt_idx" ON "RoleRequest"("roleId", "createdAt" DESC);

-- One row a person who decided. The requester stands in it too, so that a constraint can say: nobody decides their own.
CREATE TABLE "Decision" (
    "requestId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "requesterId" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "planDigest" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("requestId","personId"),
    CONSTRAINT "Decision_not_own_check" CHECK ("personId" <> "requesterId"),
    CONSTRAINT "Decision_verdict_check" CHECK ("verdict" IN ('approved', 'rejected')),
    CONSTRAINT "Decision_requestId_requesterId_fkey" FOREIGN KEY ("requestId", "requesterId") REFERENCES "RoleRequest"("id", "requesterId") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Decision_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- What a person has looked at; a cache of no consequence.
CREATE TABLE "RequestSeen" (
    "requestId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RequestSeen_pkey" PRIMARY KEY ("requestId","personId"),
    CONSTRAINT "RequestSeen_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "RoleRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "RequestSeen_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- A role that was removed keeps its history; its name may be given again, to another role.
ALTER TABLE "Role"
    ADD COLUMN "removedAt" TIMESTAMPTZ(3),
    ADD COLUMN "lastUsedAt" TIMESTAMPTZ(3),
    ADD COLUMN "liveState" TEXT NOT NULL DEFAULT 'unknown',
    ADD COLUMN "drift" JSONB,
    ADD COLUMN "driftSince" TIMESTAMPTZ(3),
    ADD COLUMN "live" JSONB,
    ADD COLUMN "checkedAt" TIMESTAMPTZ(3),
    ADD CONSTRAINT "Role_liveState_check" CHECK ("liveState" IN ('unknown', 'same', 'drifted', 'gone'));
DROP INDEX "Role_arn_key";
DROP INDEX "Role_awsAccountId_name_key";
CREATE UNIQUE INDEX "Role_arn_key" ON "Role"("arn") WHERE "removedAt" IS NULL;
CREATE UNIQUE INDEX "Role_awsAccountId_name_key" ON "Role"("awsAccountId", lower("name")) WHERE "removedAt" IS NULL;
CREATE INDEX "Role_awsAccountId_name_idx" ON "Role"("awsAccountId", "name");
CREATE INDEX "Role_name_id_idx" ON "Role"("name", "id");

-- How the last comparison of all the account's roles went.
ALTER TABLE "AwsAccount"
    ADD COLUMN "checkedAt" TIMESTAMPTZ(3),
    ADD COLUMN "checkFailure" JSONB;

GRANT SELECT, INSERT ON "Decision" TO trustdesk_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON "RequestSeen" TO trustdesk_web;
GRANT UPDATE ("state", "reason", "finishedAt", "queuedAt", "plan", "planDigest") ON "RoleRequest" TO trustdesk_web;
GRANT SELECT ON "Decision" TO trustdesk_worker;
GRANT UPDATE ("roleId") ON "RoleRequest" TO trustdesk_worker;
GRANT UPDATE ("checkedAt", "checkFailure") ON "AwsAccount" TO trustdesk_worker;

-- A request enters the queue by a platform engineer's own hand, or with somebody else's approval of the very plan.
DROP POLICY file ON "RoleRequest";
DROP POLICY cancel ON "RoleRequest";
CREATE POLICY file ON "RoleRequest" FOR INSERT TO trustdesk_web
    WITH CHECK ("applyEpoch" = 0 AND (("state" = 'queued' AND "rule" = 'platform-engineer') OR ("state" = 'requested' AND "rule" = 'approval')));
CREATE POLICY decide ON "RoleRequest" FOR UPDATE TO trustdesk_web
    USING ("state" IN ('requested', 'queued'))
    WITH CHECK (
        ("state" = 'withdrawn' AND "rule" = 'approval')
        OR "state" = 'cancelled'
        OR ("state" = 'queued' AND "rule" = 'approval' AND EXISTS (
            SELECT 1 FROM "Decision" d WHERE d."requestId" = "RoleRequest"."id" AND d."verdict" = 'approved' AND d."planDigest" = "RoleRequest"."planDigest"))
        OR ("state" = 'rejected' AND EXISTS (
            SELECT 1 FROM "Decision" d WHERE d."requestId" = "RoleRequest"."id" AND d."verdict" = 'rejected'))
    );
