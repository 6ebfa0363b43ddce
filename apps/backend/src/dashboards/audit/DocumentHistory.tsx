import type { UIFieldServerComponent } from 'payload';
import { isStaff } from '../../access/isStaff';
import { DataTable } from '../components/DataTable';
import { changesSchema, changeText } from './changeText';

const LATEST = 10;

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** What staff did to this document, as far as who looks at it may read that. */
export const DocumentHistory: UIFieldServerComponent = async ({ collectionSlug, id, req }) => {
  if (id === undefined || !isStaff(req.user)) return null;
  const { docs } = await req.payload.find({
    collection: 'audit-log',
    where: { and: [{ subjectCollection: { equals: collectionSlug } }, { subjectId: { equals: String(id) } }] },
    sort: ['-at', '-id'],
    limit: LATEST,
    depth: 0,
    req,
    user: req.user,
    overrideAccess: false,
  });
  if (docs.length === 0) return null;
  return (
    <DataTable
      caption="What staff did"
      columns={[
        { heading: 'When (UTC)', cell: ({ at }) => moment.format(new Date(at)) },
        { heading: 'Who', cell: ({ actorName }) => actorName },
        { heading: 'What', cell: ({ action }) => action.replaceAll('-', ' ') },
        {
          heading: 'Changes',
          cell: ({ changes }) => (changesSchema.safeParse(changes).data ?? []).map(changeText).join(', '),
        },
        { heading: 'Why', cell: ({ reason }) => reason ?? '' },
      ]}
      empty=""
      keyOf={({ id: rowId }) => rowId}
      rows={docs}
    />
  );
};
