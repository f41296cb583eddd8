-- The tables of prisma/schema.prisma, and who may do what with them.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO trustdesk_web, trustdesk_worker;

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "emailVerified" TIMESTAMP(3),
    "image" TEXT,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "providerAccountId" TEXT NOT NULL,
    "refresh_token" TEXT,
    "access_token" TEXT,
    "expires_at" INTEGER,
    "token_type" TEXT,
    "scope" TEXT,
    "id_token" TEXT,
    "session_state" TEXT,
    "created_at" INTEGER,
    "refreshLease" TEXT,
    "refreshLeaseUntil" TIMESTAMPTZ(3),

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "sessionToken" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "expires" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Person" (
    "id" TEXT NOT NULL,
    "instanceId" TEXT NOT NULL,
    "gitlabUserId" INTEGER NOT NULL,
    "username" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "avatarUrl" TEXT,
    "webUrl" TEXT,
    "state" TEXT NOT NULL DEFAULT 'active',
    "userId" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ProjectMembership" (
    "personId" TEXT NOT NULL,
    "projectId" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "namespacePath" TEXT NOT NULL,
    "namespaceId" INTEGER NOT NULL,
    "accessLevel" INTEGER NOT NULL,
    "defaultBranch" TEXT,
    "visibility" TEXT NOT NULL,
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "webUrl" TEXT NOT NULL,
    "lastActivityAt" TIMESTAMPTZ(3),
    "syncedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProjectMembership_pkey" PRIMARY KEY ("personId","projectId")
);

CREATE TABLE "ProjectSync" (
    "personId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "seen" INTEGER NOT NULL DEFAULT 0,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "ProjectSync_pkey" PRIMARY KEY ("personId")
);

CREATE TABLE "AwsAccount" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "partition" TEXT NOT NULL DEFAULT 'aws',
    "region" TEXT NOT NULL DEFAULT 'us-east-1',
    "spokeRoleArn" TEXT,
    "externalId" TEXT,
    "defaultPath" TEXT NOT NULL DEFAULT '/',
    "boundaryArn" TEXT,
    "boundaryRequired" BOOLEAN NOT NULL DEFAULT false,
    "namePrefix" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT 'page',
    "lastTest" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AwsAccount_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "RoleRequest" (
    "id" TEXT NOT NULL,
    "instanceId" TEXT NOT NULL,
    "requesterId" TEXT NOT NULL,
    "projectId" INTEGER NOT NULL,
    "projectPath" TEXT NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "roleName" TEXT NOT NULL,
    "rolePath" TEXT NOT NULL,
    "draft" JSONB NOT NULL,
    "plan" JSONB NOT NULL,
    "planDigest" TEXT NOT NULL,
    "findings" JSONB NOT NULL,
    "grade" TEXT NOT NULL,
    "admitted" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "reason" TEXT,
    "applyEpoch" INTEGER NOT NULL DEFAULT 0,
    "cancelRequested" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RoleRequest_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ApplyStep" (
    "requestId" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "change" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "intentAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "awsRequestId" TEXT,
    "failure" JSONB,
    "epoch" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ApplyStep_pkey" PRIMARY KEY ("requestId","index")
);

CREATE TABLE "Role" (
    "id" TEXT NOT NULL,
    "instanceId" TEXT NOT NULL,
    "awsAccountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "arn" TEXT NOT NULL,
    "uniqueId" TEXT,
    "projectId" INTEGER NOT NULL,
    "projectPath" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Role_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "RoleVersion" (
    "roleId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "findings" JSONB NOT NULL,
    "admitted" JSONB NOT NULL,
    "requestId" TEXT,
    "authorId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RoleVersion_pkey" PRIMARY KEY ("roleId","version")
);

CREATE TABLE "AwsSnapshot" (
    "awsAccountId" TEXT NOT NULL,
    "roleName" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "value" JSONB,
    "failure" JSONB,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "AwsSnapshot_pkey" PRIMARY KEY ("awsAccountId","roleName","issuer")
);

CREATE TABLE "Draft" (
    "personId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("personId","key")
);

CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL,
    "windowStart" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key","windowStart")
);

CREATE TABLE "WorkerHeartbeat" (
    "workerId" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "beatAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WorkerHeartbeat_pkey" PRIMARY KEY ("workerId")
);

CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
CREATE UNIQUE INDEX "Account_provider_providerAccountId_key" ON "Account"("provider", "providerAccountId");
CREATE UNIQUE INDEX "Session_sessionToken_key" ON "Session"("sessionToken");
CREATE UNIQUE INDEX "Person_userId_key" ON "Person"("userId");
CREATE UNIQUE INDEX "Person_instanceId_gitlabUserId_key" ON "Person"("instanceId", "gitlabUserId");
CREATE INDEX "ProjectMembership_personId_lastActivityAt_projectId_idx" ON "ProjectMembership"("personId", "lastActivityAt" DESC, "projectId");
CREATE INDEX "ProjectMembership_personId_namespacePath_idx" ON "ProjectMembership"("personId", "namespacePath");
CREATE UNIQUE INDEX "AwsAccount_accountId_key" ON "AwsAccount"("accountId");
CREATE UNIQUE INDEX "AwsAccount_name_key" ON "AwsAccount"("name");
CREATE INDEX "RoleRequest_createdAt_idx" ON "RoleRequest"("createdAt" DESC);
CREATE INDEX "RoleRequest_projectId_createdAt_idx" ON "RoleRequest"("projectId", "createdAt" DESC);
CREATE INDEX "RoleRequest_awsAccountId_roleName_idx" ON "RoleRequest"("awsAccountId", "roleName");
CREATE UNIQUE INDEX "Role_arn_key" ON "Role"("arn");
CREATE INDEX "Role_instanceId_projectId_idx" ON "Role"("instanceId", "projectId");
CREATE UNIQUE INDEX "Role_awsAccountId_name_key" ON "Role"("awsAccountId", "name");

ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Person" ADD CONSTRAINT "Person_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "ProjectMembership" ADD CONSTRAINT "ProjectMembership_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RoleRequest" ADD CONSTRAINT "RoleRequest_requesterId_fkey" FOREIGN KEY ("requesterId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "RoleRequest" ADD CONSTRAINT "RoleRequest_awsAccountId_fkey" FOREIGN KEY ("awsAccountId") REFERENCES "AwsAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ApplyStep" ADD CONSTRAINT "ApplyStep_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "RoleRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Role" ADD CONSTRAINT "Role_awsAccountId_fkey" FOREIGN KEY ("awsAccountId") REFERENCES "AwsAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "RoleVersion" ADD CONSTRAINT "RoleVersion_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RoleVersion" ADD CONSTRAINT "RoleVersion_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "RoleRequest"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Search by any part of a path or name: ILIKE '%part%' uses it.
CREATE INDEX "ProjectMembership_search_idx" ON "ProjectMembership" USING gin ("path" gin_trgm_ops, "name" gin_trgm_ops);

-- The web: sign-in, projections and caches in full.
GRANT SELECT, INSERT, UPDATE, DELETE ON "User", "Account", "Session", "ProjectMembership", "ProjectSync", "Draft", "RateLimit" TO trustdesk_web;
GRANT SELECT, INSERT, UPDATE ON "Person", "AwsAccount" TO trustdesk_web;
-- It files a request and cancels one that waits, but cannot write what became of it.
GRANT SELECT, INSERT ON "RoleRequest" TO trustdesk_web;
GRANT UPDATE ("state", "reason", "cancelRequested", "finishedAt") ON "RoleRequest" TO trustdesk_web;
GRANT SELECT, INSERT ("requestId", "index", "change", "state", "epoch"), UPDATE ("state") ON "ApplyStep" TO trustdesk_web;
GRANT SELECT, INSERT ON "AwsSnapshot" TO trustdesk_web;
GRANT UPDATE ("state", "askedAt", "failure") ON "AwsSnapshot" TO trustdesk_web;
GRANT SELECT ON "Role", "RoleVersion", "WorkerHeartbeat" TO trustdesk_web;

-- The worker: journal, roles and what it read from AWS. No sessions, no tokens of people.
GRANT SELECT ON "Person", "AwsAccount", "RoleRequest", "ProjectMembership" TO trustdesk_worker;
GRANT UPDATE ("lastTest", "updatedAt") ON "AwsAccount" TO trustdesk_worker;
GRANT UPDATE ("state", "reason", "applyEpoch", "cancelRequested", "startedAt", "finishedAt") ON "RoleRequest" TO trustdesk_worker;
GRANT SELECT, INSERT, UPDATE ON "ApplyStep", "Role", "RoleVersion" TO trustdesk_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON "AwsSnapshot", "WorkerHeartbeat" TO trustdesk_worker;

-- What of a request the web may write depends on its state; readers see every row.
ALTER TABLE "RoleRequest" ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON "RoleRequest" FOR SELECT TO trustdesk_web USING (true);
CREATE POLICY file ON "RoleRequest" FOR INSERT TO trustdesk_web WITH CHECK ("state" = 'queued' AND "applyEpoch" = 0);
CREATE POLICY cancel ON "RoleRequest" FOR UPDATE TO trustdesk_web USING ("state" = 'queued') WITH CHECK ("state" IN ('queued', 'cancelled'));
CREATE POLICY work ON "RoleRequest" TO trustdesk_worker USING (true);

ALTER TABLE "ApplyStep" ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON "ApplyStep" FOR SELECT TO trustdesk_web USING (true);
CREATE POLICY file ON "ApplyStep" FOR INSERT TO trustdesk_web WITH CHECK ("state" = 'pending');
CREATE POLICY cancel ON "ApplyStep" FOR UPDATE TO trustdesk_web USING ("state" = 'pending') WITH CHECK ("state" IN ('pending', 'skipped'));
CREATE POLICY work ON "ApplyStep" TO trustdesk_worker USING (true);
