import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import type { Prisma } from "./generated/client";
import { PrismaClient } from "./generated/client";

export type Database = PrismaClient;
/** A database inside a transaction. */
export type Transaction = Prisma.TransactionClient;

let currentUrl: string | null = null;
const clients = new Map<string, PrismaClient>();

/** This process's database: DATABASE_URL, unless `setDatabase` named another. */
export function database(): Database {
  return databaseAt(currentUrl ?? env.databaseUrl);
}

/** Makes `database()` answer another one: the worker starts with its own role's, a test with its suite's. */
export function setDatabase(connectionString: string): void {
  currentUrl = connectionString;
}

/** The Prisma client of a connection string: one per process, made at first use. */
export function databaseAt(connectionString: string): Database {
  const known = clients.get(connectionString);
  if (known) return known;
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 10 }) });
  clients.set(connectionString, client);
  return client;
}

/** Closes what was opened for a connection string, e.g. before its database is dropped. */
export async function disconnect(connectionString: string): Promise<void> {
  await clients.get(connectionString)?.$disconnect();
  clients.delete(connectionString);
}
