import { env } from "@/lib/env";
import { migrate } from "@/lib/db/migrate";

const applied = await migrate({ connectionString: env.ownerDatabaseUrl });
console.log(applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`);
