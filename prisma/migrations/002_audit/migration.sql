-- The audit: a hash chain that only grows. Entries enter through audit.append and never change.
CREATE SCHEMA audit;
GRANT USAGE ON SCHEMA audit TO trustdesk_web, trustdesk_worker;

CREATE TABLE audit.entry (
    seq            bigint      PRIMARY KEY,
    id             uuid        NOT NULL UNIQUE,
    -- The instant as it was hashed; "at" is the same instant for filters.
    at_text        text        NOT NULL,
    at             timestamptz NOT NULL,
    actor_kind     text        NOT NULL CHECK (actor_kind IN ('person', 'worker', 'system')),
    actor_id       text        NOT NULL,
    actor_name     text        NOT NULL,
    actor_username text,
    action         text        NOT NULL,
    project_id     integer,
    project_path   text,
    role_name      text,
    account_id     text,
    request_id     text,
    -- json keeps the text as it came, jsonb would not: it is part of what is hashed.
    before         json,
    after          json,
    detail         text,
    -- The exact bytes that were hashed after prev_hash.
    payload        bytea       NOT NULL,
    prev_hash      bytea       NOT NULL UNIQUE CHECK (octet_length(prev_hash) = 32),
    hash           bytea       NOT NULL UNIQUE CHECK (octet_length(hash) = 32)
);
CREATE INDEX entry_at_idx ON audit.entry (at, seq);
CREATE INDEX entry_project_idx ON audit.entry (project_id, seq);
CREATE INDEX entry_person_idx ON audit.entry (actor_username, seq);
CREATE INDEX entry_action_idx ON audit.entry (action, seq);
CREATE INDEX entry_role_idx ON audit.entry (role_name, seq);
CREATE INDEX entry_account_idx ON audit.entry (account_id, seq);
CREATE INDEX entry_request_idx ON audit.entry (request_id, seq);

-- Each field as its length in bytes (four bytes, big-endian) and its UTF-8; null as the length -1.
CREATE FUNCTION audit.framed(fields text[]) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(
        CASE WHEN field IS NULL THEN int4send(-1)
             ELSE int4send(octet_length(convert_to(field, 'UTF8'))) || convert_to(field, 'UTF8') END,
        ''::bytea ORDER BY place)
    FROM unnest(fields) WITH ORDINALITY AS framed(field, place)
$$;

CREATE FUNCTION audit.payload_of(entry audit.entry) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT audit.framed(ARRAY[
        'trustdesk-audit-1', entry.seq::text, entry.id::text, entry.at_text,
        entry.actor_kind, entry.actor_id, entry.actor_name, entry.actor_username, entry.action,
        entry.project_id::text, entry.project_path, entry.role_name, entry.account_id, entry.request_id,
        entry.before::text, entry.after::text, entry.detail])
$$;

CREATE FUNCTION audit.genesis() RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT decode(repeat('00', 32), 'hex')
$$;

-- Adds one entry and returns its number. The lock is held until the caller's transaction ends, so that
-- the chain cannot fork and has no gaps; that is why it is the transaction's last statement.
CREATE FUNCTION audit.append(
    at text, actor_kind text, actor_id text, actor_name text, actor_username text, action text,
    project_id integer, project_path text, role_name text, account_id text, request_id text,
    before text, after text, detail text
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tail audit.entry;
    entry audit.entry;
BEGIN
    IF (session_user = 'trustdesk_web' AND append.actor_kind = 'worker')
        OR (session_user = 'trustdesk_worker' AND append.actor_kind = 'person') THEN
        RAISE EXCEPTION 'role % may not record an action of a %', session_user, append.actor_kind USING ERRCODE = '42501';
    END IF;
    PERFORM pg_advisory_xact_lock(5210477);
    SELECT * INTO tail FROM audit.entry AS e ORDER BY e.seq DESC LIMIT 1;
    entry.seq := coalesce(tail.seq, 0) + 1;
    entry.id := gen_random_uuid();
    entry.at_text := append.at;
    entry.at := append.at::timestamptz;
    entry.actor_kind := append.actor_kind;
    entry.actor_id := append.actor_id;
    entry.actor_name := append.actor_name;
    entry.actor_username := append.actor_username;
    entry.action := append.action;
    entry.project_id := append.project_id;
    entry.project_path := append.project_path;
    entry.role_name := append.role_name;
    entry.account_id := append.account_id;
    entry.request_id := append.request_id;
    entry.before := append.before::json;
    entry.after := append.after::json;
    entry.detail := append.detail;
    entry.payload := audit.payload_of(entry);
    entry.prev_hash := coalesce(tail.hash, audit.genesis());
    entry.hash := sha256(entry.prev_hash || entry.payload);
    INSERT INTO audit.entry SELECT entry.*;
    RETURN entry.seq;
END
$$;

-- Walks the chain. broken_at is null when it is whole; reason is one of
-- 'gap', 'prev-hash mismatch', 'row-hash mismatch'. head is the last good hash.
CREATE FUNCTION audit.verify(OUT entries bigint, OUT broken_at bigint, OUT reason text, OUT head bytea)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry audit.entry;
BEGIN
    entries := 0;
    head := audit.genesis();
    FOR entry IN SELECT * FROM audit.entry AS e ORDER BY e.seq LOOP
        reason := CASE
            WHEN entry.seq <> entries + 1 THEN 'gap'
            WHEN entry.prev_hash <> head THEN 'prev-hash mismatch'
            WHEN entry.hash <> sha256(entry.prev_hash || entry.payload)
                OR entry.payload <> audit.payload_of(entry)
                OR entry.at <> entry.at_text::timestamptz THEN 'row-hash mismatch'
        END;
        IF reason IS NOT NULL THEN
            broken_at := CASE reason WHEN 'gap' THEN entries + 1 ELSE entry.seq END;
            RETURN;
        END IF;
        entries := entry.seq;
        head := entry.hash;
    END LOOP;
END
$$;

CREATE FUNCTION audit.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the audit only grows: % is refused', TG_OP USING ERRCODE = '42501';
END
$$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER only_grows;

GRANT SELECT ON audit.entry TO trustdesk_web, trustdesk_worker;
GRANT EXECUTE ON FUNCTION audit.append, audit.verify, audit.payload_of, audit.framed, audit.genesis TO trustdesk_web, trustdesk_worker;
