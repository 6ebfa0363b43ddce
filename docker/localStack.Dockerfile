# syntax=docker/dockerfile:1
# The Upstash-compatible REST endpoint and the mailbox, for a stack of containers that leaves the machine for nothing.

FROM node:24-slim AS tools
RUN npm install --global pnpm@12.21.0 turbo@2.11.11
WORKDIR /repo

FROM tools AS prune
COPY . .
RUN turbo prune @convene/local-stack --docker

FROM tools AS run
COPY --from=prune /repo/out/json/ ./
RUN pnpm install --frozen-lockfile
COPY --from=prune /repo/out/full/ ./
COPY tsconfig.base.json ./
RUN mkdir -p /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3003 3004
CMD ["node_modules/.bin/tsx", "packages/local-stack/src/cli/container.ts"]
