-- Takes columns away that the version before writes: stop its processes first.
-- What was said of a plan, when it was asked for and when it was decided: added, never overwritten.
CREATE TABLE "Judgement" (
    "requestId" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "planDigest" TEXT NOT NULL,
    "plan" JSON NOT NULL,
    "value" JSONB NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Judgement_pkey" PRIMARY KEY ("requestId","digest"),
    CONSTRAINT "Judgement_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "RoleRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Refs as an older version kept them, in today's words: only those that got in.
CREATE FUNCTION pg_temp.who_gets_in(admitted jsonb) RETURNS jsonb LANGUAGE sql AS $$
    SELECT CASE
        WHEN admitted IS NULL OR jsonb_typeof(admitted) <> 'array'
            THEN jsonb_build_object('kind', 'untold', 'because', 'GitLab did not show it when this was judged.')
        ELSE jsonb_build_object('kind', 'refs', 'untold', '[]'::jsonb, 'asked', NULL, 'in', coalesce(
            (SELECT jsonb_agg(ref || '{"verdict": "in"}'::jsonb) FROM jsonb_array_elements(admitted) AS ref), '[]'::jsonb))
    END $$;

ALTER TABLE "RoleRequest" ADD COLUMN "judgementDigest" TEXT;
INSERT INTO "Judgement" ("requestId", "digest", "planDigest", "plan", "value", "madeAt")
    SELECT r."id", encode(sha256(convert_to(r."planDigest" || said."value"::text, 'UTF8')), 'hex'), r."planDigest", r."plan"::json, said."value", r."createdAt"
    FROM "RoleRequest" r, LATERAL (SELECT jsonb_build_object(
        'findings', r."findings", 'grade', r."grade",
        'after', CASE WHEN r."kind" IN ('remove', 'undo') THEN '{"kind": "nobody", "because": "the role goes"}'::jsonb ELSE pg_temp.who_gets_in(r."admitted") END,
        'before', CASE WHEN r."admittedBefore" IS NULL THEN 'null'::jsonb ELSE pg_temp.who_gets_in(r."admittedBefore") END) AS "value") said;
UPDATE "RoleRequest" r SET "judgementDigest" = j."digest" FROM "Judgement" j WHERE j."requestId" = r."id";
ALTER TABLE "RoleRequest"
    ALTER COLUMN "judgementDigest" SET NOT NULL,
    ADD CONSTRAINT "RoleRequest_judgement_fkey" FOREIGN KEY ("id", "judgementDigest") REFERENCES "Judgement"("requestId", "digest") DEFERRABLE INITIALLY DEFERRED,
    DROP COLUMN "findings",
    DROP COLUMN "admitted",
    DROP COLUMN "admittedBefore";

-- What whoever decided was told.
ALTER TABLE "Decision" ADD COLUMN "judgementDigest" TEXT;

ALTER TABLE "RoleVersion" ADD COLUMN "judgement" JSONB;
UPDATE "RoleVersion" v SET "judgement" = jsonb_build_object(
    'findings', v."findings",
    'grade', CASE WHEN v."findings" @> '[{"severity": "danger"}]' THEN 'danger' WHEN jsonb_array_length(v."findings") > 0 THEN 'caution' ELSE 'safe' END,
    'after', pg_temp.who_gets_in(v."admitted"), 'before', NULL);
ALTER TABLE "RoleVersion"
    ALTER COLUMN "judgement" SET NOT NULL,
    DROP COLUMN "findings",
    DROP COLUMN "admitted";

GRANT SELECT, INSERT ON "Judgement" TO trustdesk_web;
GRANT SELECT ON "Judgement" TO trustdesk_worker;
GRANT UPDATE ("judgementDigest", "grade") ON "RoleRequest" TO trustdesk_web;

-- A judgement is made while its request is filed or decided, never for one that a worker has begun or ended.
ALTER TABLE "Judgement" ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON "Judgement" FOR SELECT TO trustdesk_web, trustdesk_worker USING (true);
CREATE POLICY file ON "Judgement" FOR INSERT TO trustdesk_web
    WITH CHECK (EXISTS (SELECT 1 FROM "RoleRequest" r WHERE r."id" = "Judgement"."requestId" AND r."state" IN ('requested', 'queued')));
