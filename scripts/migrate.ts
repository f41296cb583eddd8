import { env } from "@/lib/env";
import { migrateDatabase } from "@/lib/db/provision";

const applied = await migrateDatabase({ ownerUrl: env.ownerDatabaseUrl, workerUrl: env.workerDatabaseUrl });
console.log(applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`);
