# syntax=docker/dockerfile:1
# The site.
#   docker build --file docker/frontend.Dockerfile .

FROM node:24.21.0-bookworm-slim AS base
ENV NEXT_TELEMETRY_DISABLED=1 \
    pnpm_config_verify_deps_before_run=false
RUN npm install --global pnpm@12.21.0 turbo@2.11.11
WORKDIR /repo

# Only what the site needs, so that a change elsewhere leaves the layers below as they are.
FROM base AS pruned
COPY . .
RUN turbo prune @convene/frontend --docker

FROM base AS dependencies
COPY --from=pruned /repo/out/json/ .
RUN pnpm install --frozen-lockfile

FROM dependencies AS build
COPY --from=pruned /repo/out/full/ .
COPY tsconfig.base.json .
RUN pnpm --filter @convene/frontend build

FROM node:24.21.0-bookworm-slim AS serve
ENV NODE_ENV=production \
    HOSTNAME=0.0.0.0 \
    PORT=3000
WORKDIR /app
COPY --from=build --chown=node:node /repo/apps/frontend/.next/standalone/ ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=5 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/frontend/server.js"]
