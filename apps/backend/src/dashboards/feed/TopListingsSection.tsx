import { Link } from '@payloadcms/ui';
import { env } from '../../env';
import { CsvLink } from '../components/CsvLink';
import { DataTable } from '../components/DataTable';
import { momentText, numberText, shareText } from '../components/format';
import filters from '../components/QuickFilters.module.css';
import { Section } from '../components/Section';
import { kindNames, stepNames } from './FunnelSection';
import { type FeedQuery, feedHref } from './feedHref';
import { funnelSteps } from './readFunnel';
import { type TopListing, topSpans } from './readTopListings';

const spanNames = { '7d': '7 days', '30d': '30 days', all: 'All time' } as const;

export const TopListingsSection = ({ listings, query }: { listings: TopListing[]; query: FeedQuery }) => {
  const { span, by, days } = query;
  return (
    <Section
      actions={<CsvLink name="top-listings" query={{ span, by }} />}
      id="top"
      lead={`By the aggregation of ${momentText(listings[0]?.computedAt ?? null)}.`}
      title="Top listings"
    >
      <nav aria-label="Of when" className={filters['filters']}>
        {topSpans.map((name) => (
          <Link
            aria-current={name === span ? 'page' : undefined}
            href={feedHref({ days, by, span: name }, '#top')}
            key={name}
            prefetch={false}
          >
            {spanNames[name]}
          </Link>
        ))}
      </nav>
      <nav aria-label="By what" className={filters['filters']}>
        {funnelSteps.map((step) => (
          <Link
            aria-current={step === by ? 'page' : undefined}
            href={feedHref({ days, span, by: step }, '#top')}
            key={step}
            prefetch={false}
          >
            by {stepNames[step].toLowerCase()}
          </Link>
        ))}
      </nav>
      <DataTable
        caption={`Most ${stepNames[by].toLowerCase()}, ${spanNames[span].toLowerCase()}`}
        columns={[
          {
            heading: 'Listing',
            cell: ({ kind, id, title }) => (
              <Link href={`/admin/collections/${kind}/${id}`} prefetch={false}>
                {title || `No. ${id}`}
              </Link>
            ),
          },
          { heading: 'Kind', cell: ({ kind }) => kindNames[kind] },
          ...funnelSteps.map((step) => ({
            heading: stepNames[step],
            cell: (listing: TopListing) => numberText(listing[step]),
            isNumber: true,
          })),
          {
            heading: 'Views per impression',
            cell: ({ views, impressions }) => shareText(views, impressions),
            isNumber: true,
          },
          {
            heading: '',
            cell: ({ kind, id, slug, title }) => (
              <>
                <Link
                  aria-label={`Why ${title} ranks where it does`}
                  href={feedHref({ days, span, by, kind, listing: id }, '#why')}
                  prefetch={false}
                >
                  Why?
                </Link>
                {slug ? (
                  <>
                    {' · '}
                    <a aria-label={`${title} on the site`} href={`${env.FRONTEND_URL}/${kind}/${slug}`}>
                      Site
                    </a>
                  </>
                ) : null}
              </>
            ),
          },
        ]}
        empty={`No listing has ${stepNames[by].toLowerCase()} in that time, by the last aggregation.`}
        keyOf={({ kind, id }) => `${kind}-${id}`}
        rows={listings}
      />
    </Section>
  );
};
