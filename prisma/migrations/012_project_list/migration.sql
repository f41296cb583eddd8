-- How many projects a person's list holds, kept as its rows come and go: to count 20,000 of them took longer than to list them.
CREATE TABLE "ProjectTotal" (
    "personId" TEXT NOT NULL,
    "current" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,

    CONSTRAINT "ProjectTotal_pkey" PRIMARY KEY ("personId")
);
ALTER TABLE "ProjectTotal" ADD CONSTRAINT "ProjectTotal_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT ON "ProjectTotal" TO trustdesk_web;

-- Nobody else writes the numbers, so that they cannot drift from the rows: hence the definer.
CREATE FUNCTION app.keep_project_total() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public."ProjectTotal" AS total ("personId", "current", "archived")
        SELECT "personId", count(*) FILTER (WHERE NOT "archived"), count(*) FILTER (WHERE "archived") FROM come GROUP BY "personId"
        ON CONFLICT ("personId") DO UPDATE
        SET "current" = total."current" + excluded."current", "archived" = total."archived" + excluded."archived";
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE public."ProjectTotal" total SET "current" = total."current" - left_."current", "archived" = total."archived" - left_."archived"
        FROM (SELECT "personId", count(*) FILTER (WHERE NOT "archived") AS "current", count(*) FILTER (WHERE "archived") AS "archived" FROM gone GROUP BY "personId") left_
        WHERE total."personId" = left_."personId";
    ELSE
        UPDATE public."ProjectTotal" total SET "current" = total."current" - moved."toArchive", "archived" = total."archived" + moved."toArchive"
        FROM (
            SELECT "personId", sum("archived") AS "toArchive" FROM (
                SELECT "personId", "archived"::integer FROM come UNION ALL SELECT "personId", -"archived"::integer FROM gone
            ) both_sides GROUP BY "personId" HAVING sum("archived") <> 0
        ) moved
        WHERE total."personId" = moved."personId";
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "ProjectMembership_come" AFTER INSERT ON "ProjectMembership" REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION app.keep_project_total();
CREATE TRIGGER "ProjectMembership_gone" AFTER DELETE ON "ProjectMembership" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.keep_project_total();
CREATE TRIGGER "ProjectMembership_moved" AFTER UPDATE ON "ProjectMembership" REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION app.keep_project_total();

INSERT INTO "ProjectTotal" ("personId", "current", "archived")
SELECT "personId", count(*) FILTER (WHERE NOT "archived"), count(*) FILTER (WHERE "archived") FROM "ProjectMembership" GROUP BY "personId";
