import type { PublicProfile } from '@convene/common/api';
import { dateTimeFormat, numberFormat } from '@convene/common/formatters';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { reportUrl } from '@/components/Actions';
import { Avatar } from '@/components/Avatar';
import { BlockForm } from '@/components/BlockForm';
import { ListingCard } from '@/components/ListingCard';
import { Pagination } from '@/components/Pagination';
import { SiteLink } from '@/components/SiteLink';
import { Stars } from '@/components/Stars';
import { Unavailable } from '@/components/Unavailable';
import { attempt } from '@/lib/backend/attempt';
import { isConveneError } from '@/lib/backend/errors';
import { getPerson } from '@/lib/backend/ownAccount';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { getSession } from '@/lib/session/cookie';
import styles from './person.module.css';

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

/** Once for the page and its head. */
const readPerson = cache((id: string, page: number) => attempt(() => getPerson(id, page)));

const find = async ({ params, searchParams }: Props) => {
  const page = Number(await searchParam(searchParams, 'page')) || 1;
  try {
    return await readPerson((await params).id, page);
  } catch (error) {
    if (isConveneError(error) && (error.code === 'not-found' || error.code === 'invalid-input')) notFound();
    throw error;
  }
};

const hasSomething = ({ bio, listings, reviews }: PublicProfile): boolean =>
  bio !== '' || listings.total > 0 || reviews !== null;

export const generateMetadata = async (props: Props): Promise<Metadata> => {
  const found = await find(props);
  if (!found.isAvailable) return { title: (await getTranslations('person'))('title'), robots: { index: false } };
  const { id, displayName, bio, listings } = found.value;
  return {
    title: displayName,
    ...(bio ? { description: bio.replace(/\s+/g, ' ').slice(0, 160) } : {}),
    alternates: { canonical: `/people/${id}${listings.page > 1 ? `?page=${listings.page}` : ''}` },
    ...(hasSomething(found.value) ? {} : { robots: { index: false } }),
  };
};

const PersonPage = async (props: Props) => {
  const found = await find(props);
  const path = `/people/${(await props.params).id}`;
  if (!found.isAvailable) return <Unavailable retryHref={path} />;
  const person = found.value;
  const { id, displayName, listings } = person;
  const t = await getTranslations('person');
  const session = await getSession();
  const isOwn = session?.userId === String(id);
  return (
    <div className={`container ${styles.page}`}>
      <Head person={person} />
      {isOwn ? (
        <p>
          <SiteLink href="/account" className="button buttonQuiet buttonSmall">
            {t('edit')}
          </SiteLink>
        </p>
      ) : null}
      <section aria-labelledby="listings" className={styles.listings}>
        <h2 id="listings">{t('listings', { name: displayName })}</h2>
        {listings.items.length === 0 ? <p className="hint">{t('none', { name: displayName })}</p> : null}
        <ul className={styles.grid}>
          {listings.items.map((listing) => (
            <li key={`${listing.kind}:${listing.id}`}>
              <ListingCard listing={listing} sizes="(min-width: 60rem) 18rem, (min-width: 36rem) 45vw, 90vw" />
            </li>
          ))}
        </ul>
        <Pagination
          page={listings.page}
          pages={Math.ceil(listings.total / listings.pageSize)}
          hrefOf={(page) => (page > 1 ? `${path}?page=${page}` : path)}
        />
      </section>
      {isOwn ? null : (
        <div className={styles.acts}>
          <SiteLink href={reportUrl({ subject: 'profile', id: String(id), from: path })} rel="nofollow">
            {t('report')}
          </SiteLink>
          {session ? <BlockForm userId={id} name={displayName} path={path} /> : null}
        </div>
      )}
    </div>
  );
};

const Head = async ({ person }: { person: PublicProfile }) => {
  const { displayName, avatarUrl, memberSince, verified, bio, reviews } = person;
  const t = await getTranslations('person');
  const locale = await currentLocale();
  const month = dateTimeFormat(locale === 'en' ? 'en-GB' : 'ro-RO', {
    timeZone: 'UTC',
    month: 'long',
    year: 'numeric',
  }).format(new Date(memberSince));
  const number = { minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  return (
    <header className={styles.head}>
      <Avatar name={displayName} url={avatarUrl} className={styles.avatar} />
      <div className={styles.who}>
        <h1>{displayName}</h1>
        <p className={styles.facts}>
          <span>{t('since', { date: month })}</span>
          {verified ? (
            <span className={styles.verified}>
              <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d="M3 8.500l3.3 3.300L13 5" fill="none" stroke="currentColor" strokeWidth="2.4" />
              </svg>
              {t('verified')}
            </span>
          ) : null}
        </p>
        {reviews ? (
          <p className={styles.facts}>
            <Stars rating={Math.round(reviews.average)} />
            <span>
              {t('rating', { rating: numberFormat(locale, number).format(reviews.average) })},{' '}
              {t('reviews', { count: reviews.count })}
            </span>
          </p>
        ) : null}
        {bio ? <p className={styles.bio}>{bio}</p> : null}
      </div>
    </header>
  );
};

export default PersonPage;
