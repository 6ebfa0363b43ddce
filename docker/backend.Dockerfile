# syntax=docker/dockerfile:1
# The backend, from the root of the repository: docker build -f docker/backend.Dockerfile .

FROM node:24-slim AS tools
RUN npm install --global pnpm@12.21.0 turbo@2.11.11
WORKDIR /repo

FROM tools AS prune
COPY . .
RUN turbo prune @convene/backend --docker

# Also the image of the release step: it has the migrations and the tools that run them.
FROM tools AS build
ENV NEXT_TELEMETRY_DISABLED=1
COPY --from=prune /repo/out/json/ ./
RUN pnpm install --frozen-lockfile
COPY --from=prune /repo/out/full/ ./
COPY tsconfig.base.json ./
RUN pnpm exec turbo run build --filter=@convene/backend
CMD ["pnpm", "--filter", "@convene/backend", "migrate"]

FROM node:24-slim AS run
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3001 MEDIA_DIR=/data/media
WORKDIR /app
COPY --from=build /repo/apps/backend/.next/standalone ./
RUN mkdir -p /data/media && chown -R node:node /data
USER node
VOLUME /data
EXPOSE 3001
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/backend/server.js"]
