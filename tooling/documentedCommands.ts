/*
 * Every command of the Markdown files, and where it is run, so that none rots: `docs.test.ts` asks for each.
 */

export type CommandRun =
  /** By a test, in whose file `says` stands. */
  | { test: string; says: string }
  /** By `.ci/run`, in this line. */
  | { ci: string }
  /** By nothing: why. */
  | { byHand: string };

const needsDocker = {
  byHand: 'needs a Docker engine; compose.test.ts reads the files and starts each app with what they give',
};
const ofShell = { byHand: "the system's own program, with nothing of Convene in it" };
const called = { test: 'apps/backend/tests/feed/jobs.test.ts', says: 'Bearer' };
/** Of every bench that is not listed by itself. */
const measures = { byHand: 'measures for minutes, and tells rather than passes; its parts are tested under bench' };

export const documentedCommands: Record<string, CommandRun> = {
  'pnpm dev': {
    byHand: 'stays until it is stopped; the browser tests start its parts, and the screenshots are taken of it',
  },
  'pnpm test': { ci: 'npx -y pnpm test' },
  'pnpm lint': { ci: 'npx -y pnpm lint' },
  'pnpm typecheck': { ci: 'npx -y pnpm typecheck' },
  'pnpm audit': {
    ci: "npx -y pnpm audit --prod --audit-level high --ignore-registry-errors || echo 'There are known holes: see above.' >&2",
  },
  'pnpm test:e2e': { ci: 'npx -y pnpm test:e2e' },
  'pnpm build': { test: 'e2e/run.ts', says: "'turbo', ['run', 'build'" },
  'pnpm install --frozen-lockfile': { test: 'docker/backend.Dockerfile', says: 'pnpm install --frozen-lockfile' },
  '.ci/run': { byHand: 'is what runs the others' },

  'pnpm env:example': { ci: 'npx -y pnpm env:example' },
  'pnpm docs:access': { ci: 'npx -y pnpm docs:access' },
  'pnpm docs:notifications': { ci: 'npx -y pnpm docs:notifications' },
  'pnpm docs:screenshots': { byHand: 'takes pictures for eyes, beside a running `pnpm dev`' },
  'pnpm --filter @convene/frontend map:countries': {
    byHand: 'after an update of world-atlas; what it makes is kept in git',
  },

  'pnpm --filter @convene/backend generate': { ci: 'npx -y pnpm --filter @convene/backend generate' },
  'pnpm --filter @convene/backend migrate:create <what_it_adds>': {
    ci: 'npx -y pnpm --filter @convene/backend migrate:create --skip-empty',
  },
  'pnpm --filter @convene/backend migrate': { test: 'packages/local-stack/src/testing.ts', says: "script: 'migrate'" },
  'pnpm --filter @convene/backend collector': {
    test: 'apps/backend/tests/collectorProcess.test.ts',
    says: 'src/collector/run.ts',
  },
  'pnpm --filter @convene/backend two-factor:off <address>': {
    test: 'apps/backend/tests/staffTwoFactor.test.ts',
    says: "'src/cli/twoFactorOff.ts', address",
  },
  'pnpm --filter @convene/backend feed:flush': { test: 'apps/backend/tests/feed/cli.test.ts', says: "run('flush')" },
  'pnpm --filter @convene/backend feed:aggregate': {
    test: 'apps/backend/tests/feed/cli.test.ts',
    says: "run('aggregate')",
  },
  'pnpm --filter @convene/backend feed:rank': { test: 'apps/backend/tests/feed/cli.test.ts', says: "run('rank')" },

  'pnpm --filter @convene/worker job': { test: 'apps/worker/tests/maintenanceByHand.test.ts', says: 'src/cli/job.ts' },
  'pnpm --filter @convene/worker job <name>': {
    test: 'apps/worker/tests/maintenanceByHand.test.ts',
    says: '--dry-run',
  },
  'pnpm --filter @convene/worker failed list': { test: 'apps/worker/tests/failed.test.ts', says: 'src/cli/failed.ts' },
  'pnpm --filter @convene/worker emails': {
    test: 'apps/worker/tests/previewMails.test.ts',
    says: 'src/cli/previewMails.ts',
  },
  'node apps/worker/dist/job.mjs': { test: 'apps/worker/tests/bundle.test.ts', says: "['job.mjs'" },
  'node apps/worker/dist/failed.mjs list': { test: 'apps/worker/tests/bundle.test.ts', says: "['failed.mjs'" },

  'pnpm bench:…': measures,
  'pnpm bench:faults': { test: 'apps/backend/tests/faults/faults.test.ts', says: 'runFaults(' },

  'docker compose up --build': needsDocker,
  'docker compose': needsDocker,
  'docker compose up --build --detach': needsDocker,
  'docker compose build': needsDocker,
  'docker compose up --detach --no-deps backend worker frontend': needsDocker,
  'docker compose up --scale frontend=3': needsDocker,
  'docker compose exec -T postgres pg_dump --username convene --format custom convene': needsDocker,
  'docker compose exec -T backend tar --create --gzip --directory /data media': needsDocker,
  'docker compose stop backend worker frontend': needsDocker,
  'docker compose exec -T postgres dropdb --username convene convene': needsDocker,
  'docker compose exec -T postgres createdb --username convene convene': needsDocker,
  'docker compose exec -T postgres pg_restore --username convene --dbname convene --no-owner': needsDocker,
  'docker compose run --rm --no-deps -T --entrypoint tar backend --extract --gzip --directory /data': needsDocker,
  'docker compose run --rm migrate': needsDocker,
  'docker compose up --detach': needsDocker,

  'curl --fail --max-time 300 -X POST -H "Authorization: Bearer $JOBS_SECRET" https://backend.example/api/jobs/flush':
    called,
  'pg_dump --format custom "$DATABASE_DIRECT_URL"': ofShell,
  'openssl rand -base64 36': ofShell,
  'git clone <your copy of the repository> convene && cd convene': ofShell,
  'git pull': ofShell,
  'chmod 600 .env': ofShell,
};
