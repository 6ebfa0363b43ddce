# syntax=docker/dockerfile:1
# The worker, from the root of the repository: docker build -f docker/worker.Dockerfile .

FROM node:24-slim AS tools
RUN npm install --global pnpm@12.21.0 turbo@2.11.11
WORKDIR /repo

FROM tools AS prune
COPY . .
RUN turbo prune @convene/worker --docker

FROM tools AS build
COPY --from=prune /repo/out/json/ ./
RUN pnpm install --frozen-lockfile
COPY --from=prune /repo/out/full/ ./
COPY tsconfig.base.json ./
RUN pnpm exec turbo run build --filter=@convene/worker
RUN pnpm --filter @convene/worker deploy --prod --legacy /deployed

FROM node:24-slim AS run
ENV NODE_ENV=production PORT=3002
WORKDIR /app
COPY --from=build /deployed/node_modules ./node_modules
COPY --from=build /deployed/package.json ./
COPY --from=build /repo/apps/worker/dist ./dist
USER node
EXPOSE 3002
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/index.mjs"]
