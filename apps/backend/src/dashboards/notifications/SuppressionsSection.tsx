import { Link } from '@payloadcms/ui';
import { DataTable } from '../components/DataTable';
import { momentText, numberText } from '../components/format';
import { Section } from '../components/Section';
import search from '../moderation/ModerationView.module.css';
import { LiftButton } from './LiftButton';
import type { NotificationsQuery } from './notificationsHref';
import type { Suppression } from './readSuppressions';

export const SuppressionsSection = ({
  found: { total, suppressions },
  query,
}: {
  found: { total: number; suppressions: Suppression[] };
  query: NotificationsQuery;
}) => (
  <Section
    actions={
      <>
        <Link href="/admin/collections/suppressions/create" prefetch={false}>
          Suppress an address
        </Link>
        <Link href="/admin/collections/suppressions" prefetch={false}>
          All of them
        </Link>
      </>
    }
    id="suppressions"
    lead="Addresses that are not written to: after a bounce or a complaint, or because somebody asked."
    title="Suppressions"
  >
    <form action="/admin/notifications#suppressions" className={search['search']} method="get">
      <input name="days" type="hidden" value={query.days} />
      <label htmlFor="suppressed-address">Part of an address</label>
      <input defaultValue={query.address} id="suppressed-address" maxLength={254} name="address" type="search" />
      <button type="submit">Search</button>
    </form>
    <DataTable
      caption={
        total > suppressions.length
          ? `The latest ${suppressions.length} of ${numberText(total)}`
          : `${numberText(total)} suppressed`
      }
      columns={[
        { heading: 'Address', cell: ({ email }) => email },
        { heading: 'Reason', cell: ({ reason }) => reason },
        { heading: 'Mails', cell: ({ category }) => category },
        { heading: 'Since', cell: ({ createdAt }) => momentText(createdAt) },
        { heading: 'Detail', cell: ({ detail }) => detail ?? '' },
        { heading: '', cell: ({ id, email }) => <LiftButton email={email} id={id} /> },
      ]}
      empty={query.address ? `No suppressed address contains “${query.address}”.` : 'No address is suppressed.'}
      keyOf={({ id }) => id}
      rows={suppressions}
    />
  </Section>
);
