-- A plan that moved while it waited is judged anew by its approval, in the same transaction.
GRANT UPDATE ("findings", "grade", "admitted", "admittedBefore") ON "RoleRequest" TO trustdesk_web;

-- IAM's names are unique whatever their case, and an adoption may change a role's.
DROP INDEX audit.entry_role_idx;
CREATE INDEX entry_role_idx ON audit.entry (lower(role_name), seq);
