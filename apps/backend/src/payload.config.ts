import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { postgresAdapter } from '@payloadcms/db-postgres';
import { lexicalEditor } from '@payloadcms/richtext-lexical';
import { buildConfig } from 'payload';
import sharp from 'sharp';
import { guardConfig } from './access/guardConfig';
import { auditTrail } from './audit/auditTrail';
import { AuditLog } from './collections/AuditLog';
import { Blocks } from './collections/Blocks';
import { Bookings } from './collections/Bookings';
import { Cities } from './collections/Cities';
import { Claims } from './collections/Claims';
import { ContactMessages } from './collections/ContactMessages';
import { Events } from './collections/Events';
import { Facilities } from './collections/Facilities';
import { Favorites } from './collections/Favorites';
import { Aggregates } from './collections/Feed/Aggregates';
import { CounterOutbox } from './collections/Feed/CounterOutbox';
import { FlushBatches } from './collections/Feed/FlushBatches';
import { ListingRank } from './collections/Feed/ListingRank';
import { MetricsDaily } from './collections/Feed/MetricsDaily';
import { ListingTypes } from './collections/ListingTypes';
import { Locations } from './collections/Locations';
import { Media } from './collections/Media';
import { Messages } from './collections/Messages';
import { Reports } from './collections/Reports';
import { Reviews } from './collections/Reviews';
import { Services } from './collections/Services';
import { Suppressions } from './collections/Suppressions';
import { JobRuns } from './collections/System/JobRuns';
import { Leases } from './collections/System/Leases';
import { NotificationBatches } from './collections/System/NotificationBatches';
import { NotificationDecisions } from './collections/System/NotificationDecisions';
import { NotificationLog } from './collections/System/NotificationLog';
import { NotificationOutbox } from './collections/System/NotificationOutbox';
import { RedisUsage, RedisUsageReports } from './collections/System/RedisUsage';
import { WebhookEvents } from './collections/System/WebhookEvents';
import { Users } from './collections/Users';
import { Verifications } from './collections/Verifications';
import { env, isNextBuild } from './env';
import { FeedWeights } from './globals/FeedWeights';
import { validationRules } from './graphql/validationRules';
import { refuseBrokenForm } from './hooks/afterError/refuseBrokenForm';
import { outboxEmailAdapter } from './notifications/outboxEmailAdapter';
import { preparePayload } from './preparePayload';
import { deleteFound } from './utils/deleteFound';
import { refusalLevels, restoreErrorNames } from './utils/errorNames';
import { logger } from './utils/logger';
import { withRefusals } from './utils/withRefusals';

const here = path.dirname(fileURLToPath(import.meta.url));

restoreErrorNames();

const config = buildConfig({
  secret: env.PAYLOAD_SECRET,
  serverURL: env.BACKEND_URL,
  csrf: [env.BACKEND_URL],
  cors: [],
  logger,
  loggingLevels: refusalLevels,
  admin: {
    user: Users.slug,
    importMap: { baseDir: here },
    avatar: 'default',
    meta: { titleSuffix: ' · Convene' },
    components: {
      beforeNavLinks: ['/dashboards/nav/StaffLinks#StaffLinks'],
      beforeDashboard: ['/dashboards/home/StaffHome#StaffHome'],
      views: {
        moderation: {
          Component: '/dashboards/moderation/ModerationView#ModerationView',
          path: '/moderation',
          meta: { title: 'Moderation' },
        },
        feed: {
          Component: '/dashboards/feed/FeedView#FeedView',
          path: '/feed',
          meta: { title: 'Feed' },
        },
        notifications: {
          Component: '/dashboards/notifications/NotificationsView#NotificationsView',
          path: '/notifications',
          exact: true,
          meta: { title: 'Notifications' },
        },
        previews: {
          Component: '/dashboards/notifications/PreviewsView#PreviewsView',
          path: '/notifications/previews',
          meta: { title: 'How mails look' },
        },
        usage: {
          Component: '/dashboards/usage/UsageView#UsageView',
          path: '/redis-budget',
          meta: { title: 'Redis budget' },
        },
      },
    },
  },
  collections: [
    Locations,
    Events,
    Services,
    Media,
    Users,
    Cities,
    ListingTypes,
    Facilities,
    Reviews,
    Favorites,
    Bookings,
    Messages,
    Claims,
    Reports,
    ContactMessages,
    Verifications,
    AuditLog,
    Blocks,
    MetricsDaily,
    Aggregates,
    ListingRank,
    FlushBatches,
    CounterOutbox,
    NotificationOutbox,
    NotificationLog,
    NotificationBatches,
    NotificationDecisions,
    WebhookEvents,
    Suppressions,
    JobRuns,
    Leases,
    RedisUsage,
    RedisUsageReports,
  ],
  globals: [FeedWeights],
  plugins: [auditTrail],
  hooks: { afterError: [refuseBrokenForm] },
  db: withRefusals(
    deleteFound(
      postgresAdapter({
        pool: {
          connectionString: env.DATABASE_URL,
          max: env.DATABASE_POOL_SIZE,
          connectionTimeoutMillis: 5_000,
          application_name: 'convene-payload',
        },
        // The schema changes by checked-in migrations alone, in development too: what is tested is what is deployed.
        push: false,
        migrationDir: path.join(here, 'migrations'),
        disableCreateDatabase: isNextBuild,
      }),
    ),
  ),
  // What lies in a text's JSON no reference shows: a picture named there alone would be deleted as unused.
  editor: lexicalEditor({
    features: ({ defaultFeatures }) => defaultFeatures.filter(({ key }) => key !== 'upload' && key !== 'relationship'),
  }),
  email: outboxEmailAdapter,
  sharp,
  graphQL: { maxComplexity: 1_000, disablePlaygroundInProduction: true, validationRules },
  upload: { limits: { fileSize: 12_000_000 }, abortOnLimit: true, safeFileNames: true },
  onInit: preparePayload,
  // By `pnpm generate` alone: else every process that is not in production makes them anew beside its work.
  typescript: { outputFile: path.join(here, 'payload-types.ts'), autoGenerate: false },
  telemetry: false,
});

export default config.then(guardConfig);
