-- The queue belongs to the worker's role; the web reaches it only through app.enqueue.
CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app TO trustdesk_web, trustdesk_worker;
GRANT CREATE ON SCHEMA app TO trustdesk_worker;

CREATE SCHEMA graphile_worker AUTHORIZATION trustdesk_worker;

SET ROLE trustdesk_worker;

-- Graphile Worker makes schema and table itself where they are missing, but that takes CREATE on the database.
CREATE TABLE graphile_worker.migrations (
    id       integer     PRIMARY KEY,
    ts       timestamptz NOT NULL DEFAULT now(),
    breaking boolean     NOT NULL DEFAULT false
);

-- Queues a job in the caller's transaction. Its tables have row security without a policy, hence the definer.
CREATE FUNCTION app.enqueue(job text, payload text, queue_name text, job_key text, max_attempts integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    queued bigint;
BEGIN
    SELECT added.id INTO queued FROM graphile_worker.add_job(
        enqueue.job, enqueue.payload::json, enqueue.queue_name,
        max_attempts => enqueue.max_attempts, job_key => enqueue.job_key) AS added;
    RETURN queued;
END
$$;
REVOKE EXECUTE ON FUNCTION app.enqueue FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.enqueue TO trustdesk_web;

RESET ROLE;
REVOKE CREATE ON SCHEMA app FROM trustdesk_worker;
