import { existsSync } from "node:fs";
import { defineConfig } from "prisma/config";

// `prisma generate` needs no native engine, but Prisma wants the variable to name a file that exists.
if (!process.env.PRISMA_SCHEMA_ENGINE_BINARY && existsSync(process.execPath)) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY = process.execPath;
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://localhost:5432/none" },
});
