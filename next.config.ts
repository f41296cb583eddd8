import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm test` checks the types; a build for the demo would do it a second time.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["pg", "pino", "prom-client", "@prisma/client", "@prisma/adapter-pg", "graphile-worker"],
};

export default config;
