import pg from "pg";

/** How much a big company has, beside the 20,000 projects and 5,000 refs of its GitLab. */
const scale = { roles: 10_000, requests: 60_000, auditEntries: 200_000 } as const;

const firstService = 200_001;
const services = 20_000;

/**
 * Fills the tables as the owner, unless that was done: roles with versions, requests and audit entries spread over the
 * services. The audit goes through audit.append, so that its chain is whole. Answers what it did, in words.
 */
export async function seed(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM "Role"`);
    if (Number(rows[0]?.count) >= scale.roles) return "The tables are filled already.";
    await client.query("BEGIN");
    for (const statement of [requests, judgements, roles, versions, audit]) await client.query(statement);
    await client.query("COMMIT");
    await client.query("ANALYZE");
    return `Filled: ${scale.roles} roles, ${scale.requests} requests, ${scale.auditEntries} audit entries.`;
  } finally {
    await client.end();
  }
}

/** Makes a person a member of every service, as if GitLab had just said so. */
export async function joinEverything(ownerUrl: string, username: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO "ProjectMembership" ("personId", "projectId", "path", "name", "namespacePath", "namespaceId", "accessLevel", "visibility", "webUrl", "lastActivityAt", "syncedAt", "defaultBranch")
       SELECT o."id", m."projectId", m."path", m."name", m."namespacePath", m."namespaceId", 40, m."visibility", m."webUrl", m."lastActivityAt", now(), m."defaultBranch"
       FROM "ProjectMembership" m JOIN "Person" p ON p."id" = m."personId" AND p."username" = 'pia', "Person" o
       WHERE o."username" = $1 ON CONFLICT DO NOTHING`,
      [username],
    );
    await client.query(`ANALYZE "ProjectMembership"`);
  } finally {
    await client.end();
  }
}

/** i-th row's project: a service, every one of them in turn. */
const projectId = `${firstService} + i % ${services}`;
const projectPath = `'acme/services/project-' || (i % ${services})`;
const account = `(ARRAY(SELECT "id" FROM "AwsAccount" ORDER BY "accountId"))[1 + i % 3]`;
const accountId = `(ARRAY(SELECT "accountId" FROM "AwsAccount" ORDER BY "accountId"))[1 + i % 3]`;
const grade = `(ARRAY['safe','safe','safe','caution','danger'])[1 + i % 5]`;
const document = `jsonb_build_object('name', 'service-' || i, 'path', '/', 'trustPolicy', jsonb_build_object('Version', '2012-10-17', 'Statement', '[]'::jsonb), 'description', '', 'maxSessionSeconds', 3600, 'boundaryArn', null, 'tags', '{}'::jsonb, 'inlinePolicies', '{}'::jsonb)`;

const judgement = `'{"findings": [], "grade": "safe", "after": {"kind": "refs", "in": [], "untold": [], "asked": 0}, "before": null}'::jsonb`;

const judgements = `
  INSERT INTO "Judgement" ("requestId", "digest", "planDigest", "plan", "value", "madeAt")
  SELECT 'scale-request-' || i, 'seeded', repeat('0', 64), '{}'::jsonb, ${judgement}, now() FROM generate_series(1, ${scale.requests}) i`;

const requests = `
  INSERT INTO "RoleRequest" ("id", "instanceId", "kind", "requesterId", "projectId", "projectPath", "awsAccountId", "roleName", "rolePath", "draft", "plan", "planDigest", "judgementDigest", "grade", "state", "rule", "createdAt", "queuedAt", "finishedAt")
  SELECT 'scale-request-' || i, p."instanceId", (ARRAY['create','edit','remove'])[1 + i % 3], p."id", ${projectId}, ${projectPath}, ${account}, 'service-' || (i % ${scale.roles}), '/',
    jsonb_build_object('projectId', ${projectId}, 'justification', 'seeded'), jsonb_build_object('accountId', ${accountId}, 'roleArn', 'arn:aws:iam::' || ${accountId} || ':role/service-' || i, 'changes', '[]'::jsonb), repeat('0', 64), 'seeded', ${grade},
    (ARRAY['applied','applied','applied','failed','cancelled'])[1 + i % 5], 'platform-engineer', now() - i * interval '1 minute', now() - i * interval '1 minute', now() - i * interval '1 minute'
  FROM generate_series(1, ${scale.requests}) i, "Person" p WHERE p."username" = (ARRAY['pia','oleg'])[1 + i % 2]`;

const roles = `
  INSERT INTO "Role" ("id", "instanceId", "awsAccountId", "name", "path", "arn", "projectId", "projectPath", "ownerId", "grade", "version", "liveState", "createdAt")
  SELECT 'scale-role-' || i, p."instanceId", ${account}, 'service-' || i, '/', 'arn:aws:iam::' || ${accountId} || ':role/service-' || i, ${projectId}, ${projectPath}, p."id", ${grade}, 1,
    (ARRAY['same','same','same','same','drifted'])[1 + i % 5], now() - i * interval '1 hour'
  FROM generate_series(1, ${scale.roles}) i, "Person" p WHERE p."username" = 'pia'`;

const versions = `
  INSERT INTO "RoleVersion" ("roleId", "version", "document", "judgement", "requestId", "authorId")
  SELECT 'scale-role-' || i, 1, ${document}, ${judgement}, 'scale-request-' || i, p."id" FROM generate_series(1, ${scale.roles}) i, "Person" p WHERE p."username" = 'pia'`;

const audit = `
  DO $$ DECLARE person "Person"; BEGIN
    SELECT * INTO person FROM "Person" WHERE "username" = 'pia';
    FOR i IN 1..${scale.auditEntries} LOOP
      PERFORM audit.append(to_char(now() - (${scale.auditEntries} - i) * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'person', person."id", person."name", person."username",
        (ARRAY['role-request-submitted','role-request-approved','role-change-requested'])[1 + i % 3], ${projectId}, ${projectPath}, 'service-' || (i % ${scale.roles}), '111122223333', 'scale-request-' || (1 + i % ${scale.requests}), null, null, null);
    END LOOP;
  END $$`;
