import type { AdminViewServerProps } from 'payload';
import { isAdmin } from '../../access/isAdmin';
import { getPool } from '../../utils/postgres';
import { DashboardPage } from '../components/DashboardPage';
import { lastDays } from '../components/utcDays';
import { FunnelSection } from './FunnelSection';
import { feedQuerySchema } from './feedHref';
import { RankSection } from './RankSection';
import { RunsSection } from './RunsSection';
import { readCountersWaiting } from './readCountersWaiting';
import { readFunnel } from './readFunnel';
import { readJobStates, readRuns } from './readRuns';
import { readTopListings } from './readTopListings';
import { TopListingsSection } from './TopListingsSection';

const RUNS_EACH = 10;

/** What visitors do with listings, what of it leads to their rank, and the jobs in between. No Redis command. */
export const FeedView = (view: AdminViewServerProps) => (
  <DashboardPage
    lead="From being seen to being booked, by UTC days; and the jobs that count and rank."
    title="Feed"
    view={view}
  >
    {async () => {
      const now = new Date();
      const query = feedQuerySchema.parse(view.searchParams ?? {});
      const span = lastDays(query.days, now);
      const sql = getPool();
      const [funnel, top, states, runs, waiting] = await Promise.all([
        readFunnel(sql, span),
        readTopListings(sql, query),
        readJobStates(sql),
        readRuns(sql, { each: RUNS_EACH }),
        readCountersWaiting(sql),
      ]);
      return (
        <>
          <FunnelSection days={query.days} rows={funnel} span={span} />
          <TopListingsSection listings={top} query={query} />
          <RankSection query={query} />
          <RunsSection
            mayRun={isAdmin(view.initPageResult.req.user)}
            now={now}
            runs={runs}
            states={states}
            waiting={waiting}
          />
        </>
      );
    }}
  </DashboardPage>
);
