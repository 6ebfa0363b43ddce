# syntax=docker/dockerfile:1
# Upstash's REST protocol before a Redis, and the mailbox: for machines of developers, never for production.
#   docker build --file docker/localStack.Dockerfile .
#   docker run … upstash-rest | mailbox

FROM node:24.21.0-bookworm-slim AS base
ENV pnpm_config_verify_deps_before_run=false
RUN npm install --global pnpm@12.21.0 turbo@2.11.11
WORKDIR /repo

FROM base AS pruned
COPY . .
RUN turbo prune @convene/local-stack --docker

FROM base AS run
COPY --from=pruned /repo/out/json/ .
RUN pnpm install --frozen-lockfile --prod --filter @convene/local-stack...
COPY --from=pruned /repo/out/full/ .
COPY tsconfig.base.json .
RUN mkdir /data && chown node:node /data
ENV HOST=0.0.0.0 \
    PORT=8080 \
    CONVENE_DATA_DIR=/data
USER node
EXPOSE 8080
VOLUME /data
WORKDIR /repo/packages/local-stack
HEALTHCHECK --interval=5s --timeout=5s --start-period=10s --retries=10 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--import", "tsx", "src/cli/serve.ts"]
