# syntax=docker/dockerfile:1
# Payload on Next.js. Targets: `tools` migrates and seeds, the last one serves.
#   docker build --file docker/backend.Dockerfile .

FROM node:24.21.0-bookworm-slim AS base
ENV NEXT_TELEMETRY_DISABLED=1 \
    pnpm_config_verify_deps_before_run=false
RUN npm install --global pnpm@12.21.0 turbo@2.11.11
WORKDIR /repo

# Only what the backend needs, so that a change elsewhere leaves the layers below as they are.
FROM base AS pruned
COPY . .
RUN turbo prune @convene/backend --docker

FROM base AS dependencies
COPY --from=pruned /repo/out/json/ .
RUN pnpm install --frozen-lockfile

FROM dependencies AS source
COPY --from=pruned /repo/out/full/ .
COPY tsconfig.base.json .
RUN mkdir -p /data/media && chown -R node:node /data

# Migrations are a step of the release: `docker run … pnpm --filter @convene/backend migrate`.
FROM source AS tools
ENV NODE_ENV=production \
    CONVENE_DATA_DIR=/data \
    MEDIA_DIR=/data/media
USER node
CMD ["pnpm", "--filter", "@convene/backend", "migrate"]

FROM source AS build
RUN pnpm --filter @convene/backend build

FROM node:24.21.0-bookworm-slim AS serve
ENV NODE_ENV=production \
    HOSTNAME=0.0.0.0 \
    PORT=3001 \
    CONVENE_DATA_DIR=/data \
    MEDIA_DIR=/data/media
RUN mkdir -p /data/media && chown -R node:node /data
WORKDIR /app
COPY --from=build --chown=node:node /repo/apps/backend/.next/standalone/ ./
USER node
EXPOSE 3001
VOLUME /data
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=5 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/backend/server.js"]
