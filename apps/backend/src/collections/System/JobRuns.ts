import { jsonColumn, momentColumn, textColumn } from '../../fields/systemFields';
import { systemCollection } from './systemCollection';

/** Each due run of a scheduled job, once across all replicas. */
export const JobRuns = systemCollection({
  slug: 'job-runs',
  labels: { singular: 'Job run', plural: 'Job runs' },
  admin: { defaultColumns: ['name', 'period', 'status', 'startedAt', 'finishedAt'] },
  indexes: [{ fields: ['name', 'period'], unique: true }, { fields: ['name', 'status'] }],
  fields: [
    textColumn('name', { required: true }),
    textColumn('period', { required: true }),
    textColumn('status', { required: true }),
    momentColumn('dueAt'),
    momentColumn('startedAt'),
    momentColumn('finishedAt'),
    jsonColumn('outcome'),
    textColumn('error'),
  ],
});
