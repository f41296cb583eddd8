-- What the web may know of the queue: numbers by job, no payload.
GRANT CREATE ON SCHEMA app TO trustdesk_worker;
SET ROLE trustdesk_worker;
CREATE FUNCTION app.queue_state() RETURNS TABLE (job text, waiting integer, running integer, failed integer, oldest_seconds double precision)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT jobs.task_identifier,
        (count(*) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts))::integer,
        (count(*) FILTER (WHERE locked_at IS NOT NULL))::integer,
        (count(*) FILTER (WHERE locked_at IS NULL AND attempts >= max_attempts))::integer,
        coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= now())), 0)::double precision
    FROM graphile_worker.jobs GROUP BY jobs.task_identifier;
END
$$;
REVOKE EXECUTE ON FUNCTION app.queue_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.queue_state TO trustdesk_web;
RESET ROLE;
REVOKE CREATE ON SCHEMA app FROM trustdesk_worker;
