# syntax=docker/dockerfile:1
# The BullMQ workers.
#   docker build --file docker/worker.Dockerfile .

FROM node:24.21.0-bookworm-slim AS base
ENV pnpm_config_verify_deps_before_run=false
RUN npm install --global pnpm@12.21.0 turbo@2.11.11
WORKDIR /repo

# Only what the worker needs, so that a change elsewhere leaves the layers below as they are.
FROM base AS pruned
COPY . .
RUN turbo prune @convene/worker --docker

FROM base AS build
COPY --from=pruned /repo/out/json/ .
RUN pnpm install --frozen-lockfile
COPY --from=pruned /repo/out/full/ .
COPY tsconfig.base.json .
RUN pnpm --filter @convene/worker build

# The bundle holds our own packages; those from the registry are installed beside it, without development tools.
FROM base AS dependencies
COPY --from=pruned /repo/out/json/ .
RUN pnpm install --frozen-lockfile --prod --filter @convene/worker...

FROM node:24.21.0-bookworm-slim AS run
ENV NODE_ENV=production \
    PORT=3002
WORKDIR /app
COPY --from=dependencies --chown=node:node /repo/node_modules/ node_modules/
COPY --from=dependencies --chown=node:node /repo/apps/worker/node_modules/ apps/worker/node_modules/
COPY --from=build --chown=node:node /repo/apps/worker/dist/ apps/worker/dist/
USER node
EXPOSE 3002
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=5 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "apps/worker/dist/index.mjs"]
