import { migrateDatabase } from "@/lib/db/provision";
import { parseMigrationEnv } from "@/lib/env";

const applied = await migrateDatabase(parseMigrationEnv(process.env));
console.log(applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`);
