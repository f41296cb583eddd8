# syntax=docker/dockerfile:1
# Not run on the machine where it was written, which has no container runtime: the steps are those of `npm ci`,
# `npm run build`, `npm run start`, `npm run worker` and `npm run db:migrate`, which are tested there.
#
#   docker build -t trustdesk .
#   docker run --env-file web.env -p 3000:3000 trustdesk          the web
#   docker run --env-file worker.env trustdesk worker             the worker
#   docker run --env-file migrate.env trustdesk migrate           brings the database to this version, and ends
#   docker run --env-file worker.env trustdesk doctor             says what is wrong with the installation
#   docker run -i trustdesk lint --trust - < trust.json           also evaluate and compare (docs/cli.md)

FROM node:24-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
# The script prepare makes the command line of sources that are not here yet; the build below makes it.
RUN npm pkg delete scripts.prepare && npm ci
COPY . .
# Prisma's client names its command-line tool as an optional peer, so that pruning alone would leave it, and a fifth more.
RUN npm run build && npm prune --omit=dev && npm uninstall --no-save --omit=dev prisma && rm -rf .next/cache

FROM node:24-slim
WORKDIR /app
# Next.js leaves the signals to us, so that SIGTERM first turns the ready probe to 503.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 NEXT_MANUAL_SIG_HANDLE=true
COPY --from=build --chown=root:root /app ./
COPY --chmod=755 <<'SCRIPT' /usr/local/bin/trustdesk
#!/bin/sh
# exec: the process gets SIGTERM itself.
set -eu
case "${1:-web}" in
  web) exec node node_modules/next/dist/bin/next start -H 0.0.0.0 -p 3000 ;;
  worker) exec node --import tsx lib/worker/main.ts ;;
  migrate) exec node --import tsx scripts/migrate.ts ;;
  doctor|evaluate|lint|compare) exec node /app/bin/trustdesk.mjs "$@" ;;
  *) exec "$@" ;;
esac
SCRIPT
# Everything belongs to root and the process is not: it cannot change its own program. Next.js caches in .next/cache.
RUN install -d -o node -g node .next/cache
USER node
EXPOSE 3000
ENTRYPOINT ["/usr/local/bin/trustdesk"]
CMD ["web"]
