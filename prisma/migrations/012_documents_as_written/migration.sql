-- json keeps a document as it was written, jsonb would put its members in an order of its own.
ALTER TABLE "RoleRequest" ALTER COLUMN "goal" TYPE JSON, ALTER COLUMN "plan" TYPE JSON;
ALTER TABLE "ApplyStep" ALTER COLUMN "change" TYPE JSON;
ALTER TABLE "RoleVersion" ALTER COLUMN "document" TYPE JSON;
ALTER TABLE "Role" ALTER COLUMN "live" TYPE JSON;
ALTER TABLE "AwsSnapshot" ALTER COLUMN "value" TYPE JSON;
