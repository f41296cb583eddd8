import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  serverExternalPackages: ["pg", "pino", "@prisma/client", "@prisma/adapter-pg", "graphile-worker"],
};

export default config;
