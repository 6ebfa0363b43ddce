import { Link } from '@payloadcms/ui';
import { getPool } from '../../utils/postgres';
import { Section } from '../components/Section';
import search from '../moderation/ModerationView.module.css';
import { RankTable } from '../ranking/RankTable';
import { ranksOf } from '../ranking/ranksOf';
import { kindNames } from './FunnelSection';
import { type FeedQuery, feedHref } from './feedHref';
import { findListings, titleOf } from './findListings';

/** Why a listing ranks where it does, for one that is looked for by its title or chosen above. */
export const RankSection = async ({ query }: { query: FeedQuery }) => {
  const { kind, listing, find, days, span, by } = query;
  const found = find ? await findListings(getPool(), find) : [];
  const named = found.filter(({ title: name }) => name.toLowerCase() === find?.toLowerCase());
  const [only] = named.length === 1 ? named : found;
  const chosen = kind && listing ? { kind, id: listing } : named.length === 1 || found.length === 1 ? only : undefined;
  const title = chosen ? await titleOf(getPool(), chosen) : undefined;
  return (
    <Section
      id="why"
      lead="The parts of a score are points out of 100 that its weights sum up, times tier, recency and the day’s small shuffle."
      title="Why a listing ranks where it does"
    >
      <form action="/admin/feed#why" className={search['search']} method="get">
        <input name="days" type="hidden" value={days} />
        <label htmlFor="rank-find">A listing’s title, slug or number</label>
        <input defaultValue={find} id="rank-find" maxLength={100} name="find" required type="search" />
        <button type="submit">Find</button>
      </form>
      {find && found.length === 0 ? <p>No listing is called “{find}”.</p> : null}
      {found.length > 1 ? (
        <ul>
          {found.map(({ kind: ofKind, id, title: name }) => (
            <li key={`${ofKind}-${id}`}>
              <Link href={feedHref({ days, span, by, kind: ofKind, listing: id }, '#why')} prefetch={false}>
                {name || `No. ${id}`}
              </Link>{' '}
              ({kindNames[ofKind]})
            </li>
          ))}
        </ul>
      ) : null}
      {chosen ? (
        <>
          <RankTable
            caption={`${title ?? 'This listing'}: its places and the parts of its score`}
            ranks={await ranksOf(chosen)}
          />
          <p>
            <Link href={`/admin/collections/${chosen.kind}/${chosen.id}`} prefetch={false}>
              Open {title ?? 'the listing'}
            </Link>
            {' · '}
            <Link href="/admin/globals/feed-weights" prefetch={false}>
              The weights
            </Link>
          </p>
        </>
      ) : null}
    </Section>
  );
};
