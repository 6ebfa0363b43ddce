import { nextAlignedInterval } from '@convene/common/time';
import { getFeedCommit } from '../../collections/Feed/counters';
import { env } from '../../env';
import { ageOf } from '../components/age';
import { CsvLink } from '../components/CsvLink';
import { DataTable } from '../components/DataTable';
import { durationText, momentText, numberText } from '../components/format';
import { Section } from '../components/Section';
import { StatCards } from '../components/StatCards';
import { outcomeText } from './outcomeText';
import { RunButtons } from './RunButtons';
import type { CountersWaiting } from './readCountersWaiting';
import type { JobState, Run } from './readRuns';

const jobNames: Record<string, string> = { 'feed:flush': 'Flush', 'feed:aggregate': 'Aggregate', 'feed:rank': 'Rank' };
const intervals: Record<string, number> = {
  'feed:flush': env.SCHEDULER_FEED_FLUSH_INTERVAL_MINUTES,
  'feed:aggregate': env.SCHEDULER_FEED_AGGREGATE_INTERVAL_MINUTES,
  'feed:rank': env.SCHEDULER_FEED_RANK_INTERVAL_MINUTES,
};

const nextText = (name: string, now: Date): string => {
  if (!env.SCHEDULERS_ENABLED) return 'no schedule in this process';
  return `next ${momentText(nextAlignedInterval(now, intervals[name] ?? 1_440))}`;
};

export const RunsSection = ({
  states,
  runs,
  waiting,
  mayRun,
  now,
}: {
  states: JobState[];
  runs: Run[];
  waiting: CountersWaiting;
  /** Admins alone. */
  mayRun: boolean;
  now: Date;
}) => (
  <>
    <Section
      id="waiting"
      lead="What can be known without asking Redis, since each question is a command of the budget. What is counted between two flushes is in Redis alone."
      title="Counters waiting"
    >
      <StatCards
        label="Counters waiting"
        stats={[
          {
            label: 'Since the last flush',
            value: states[0]?.lastDoneAt ? ageOf(states[0].lastDoneAt, now) : 'never',
            note: states[0]?.lastDoneAt ? momentText(states[0].lastDoneAt) : 'no flush has ended well yet',
            tone: isLate(states[0]?.lastDoneAt ?? null, now) ? 'late' : 'calm',
          },
          {
            label: 'Held by this process',
            value: numberText(getFeedCommit().held),
            note: 'requests, until the next write',
          },
          {
            label: 'Favourites and bookings',
            value: numberText(waiting.outboxRows),
            note: waiting.outboxOldest ? `oldest: ${ageOf(waiting.outboxOldest, now)}` : 'all handed over',
            tone: waiting.outboxRows > 0 ? 'waiting' : 'calm',
          },
          {
            label: 'Given up',
            value: numberText(waiting.gaveUp),
            note: waiting.gaveUp ? 'not counted' : 'none',
            tone: waiting.gaveUp ? 'late' : 'calm',
          },
          {
            label: 'Batches to acknowledge',
            value: numberText(waiting.batches),
            note: waiting.batches ? 'the next flush does' : 'none',
            tone: waiting.batches ? 'waiting' : 'calm',
          },
        ]}
      />
    </Section>
    <Section
      actions={
        <>
          {mayRun ? <RunButtons /> : null}
          <CsvLink name="feed-runs" />
        </>
      }
      id="runs"
      title="Flush, aggregate, rank"
    >
      <StatCards
        label="The jobs"
        stats={states.map((state) => ({
          label: jobNames[state.name] ?? state.name,
          value: state.isRunning ? 'Running' : state.lastDoneAt ? `${ageOf(state.lastDoneAt, now)} ago` : 'Never',
          note: nextText(state.name, now),
          tone: state.isRunning ? 'waiting' : 'calm',
        }))}
      />
      <DataTable
        caption="The latest runs"
        columns={[
          { heading: 'Job', cell: ({ name }) => jobNames[name] ?? name },
          { heading: 'Started', cell: ({ startedAt, dueAt }) => momentText(startedAt ?? dueAt) },
          { heading: 'Why', cell: ({ period }) => (period.startsWith('called ') ? 'called' : 'schedule') },
          { heading: 'Took', cell: ({ durationMs }) => durationText(durationMs), isNumber: true },
          { heading: 'End', cell: ({ status }) => status },
          { heading: 'Outcome', cell: ({ outcome, error }) => error ?? outcomeText(outcome) },
        ]}
        empty="None of them has run yet."
        keyOf={({ id }) => id}
        rows={runs}
      />
    </Section>
  </>
);

/** Two of its intervals have passed without a flush that ended well. */
const isLate = (lastDoneAt: Date | null, now: Date): boolean =>
  lastDoneAt !== null && now.getTime() - lastDoneAt.getTime() > 2 * env.SCHEDULER_FEED_FLUSH_INTERVAL_MINUTES * 60_000;
