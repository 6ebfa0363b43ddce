import {
  type ListingDetail,
  type ListingOfMine,
  type ListingReviews,
  type ReviewOrder,
  reviewOrders,
} from '@convene/common/api';
import { numberFormat } from '@convene/common/formatters';
import { getTranslations } from 'next-intl/server';
import { isConveneError } from '@/lib/backend/errors';
import { getReviews } from '@/lib/backend/listingReads';
import { formatDay } from '@/lib/format/eventDates';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { reportUrl } from './Actions';
import { Pagination } from './Pagination';
import styles from './Reviews.module.css';
import { SiteLink } from './SiteLink';
import { SmallAvatar } from './SmallAvatar';
import { Stars } from './Stars';

type Props = { listing: ListingDetail; page: number; sort: ReviewOrder; mine: ListingOfMine | null };

/** The page is worth seeing without its reviews. */
const readReviews = async ({ listing: { kind, slug }, page, sort }: Props): Promise<ListingReviews | null> => {
  try {
    return await getReviews({ kind, slug, page, sort });
  } catch (error) {
    if (isConveneError(error)) return null;
    throw error;
  }
};

/** How many stars the listing got, what people wrote, and the way to one's own review. */
export const Reviews = async (props: Props) => {
  const reviews = await readReviews(props);
  if (!reviews) return null;
  const t = await getTranslations('reviews');
  const { kind, slug } = props.listing;
  const { items, page, pageSize, total } = reviews;
  const path = `/${kind}/${slug}`;
  const urlOf = (shown: { page?: number; sort?: ReviewOrder }) => reviewsUrl(path, { sort: props.sort, ...shown });
  return (
    <section className={styles.reviews} aria-labelledby="reviews">
      <h2 id="reviews">{t('title')}</h2>
      {total > 0 ? <Distribution reviews={reviews} /> : <p className="hint">{t('none')}</p>}
      <Own path={path} mine={props.mine} />
      {total > 1 ? <Orders current={props.sort} urlOf={(sort) => urlOf({ sort })} /> : null}
      {items.length > 0 ? (
        <ul className={styles.list}>
          {items.map((review) => (
            <Review key={review.id} review={review} path={path} />
          ))}
        </ul>
      ) : null}
      <Pagination
        page={page}
        pages={Math.ceil(total / pageSize)}
        hrefOf={(number) => urlOf({ page: number })}
        label={t('pages')}
      />
    </section>
  );
};

const reviewsUrl = (path: string, { page = 1, sort }: { page?: number; sort: ReviewOrder }): string => {
  const query = new URLSearchParams({
    ...(page > 1 ? { reviews: String(page) } : {}),
    ...(sort === 'newest' ? {} : { order: sort }),
  });
  return `${path}${query.size > 0 ? `?${query}` : ''}#reviews`;
};

const Orders = async ({ current, urlOf }: { current: ReviewOrder; urlOf: (sort: ReviewOrder) => string }) => {
  const t = await getTranslations('reviews');
  return (
    <nav className={styles.orders} aria-label={t('order')}>
      {reviewOrders.map((sort) => (
        <SiteLink
          key={sort}
          href={urlOf(sort)}
          className={styles.order}
          rel="nofollow"
          {...(sort === current ? { 'aria-current': 'true' } : {})}
        >
          {t(`orders.${sort}`)}
        </SiteLink>
      ))}
    </nav>
  );
};

const Distribution = async ({ reviews: { distribution, total } }: { reviews: ListingReviews }) => {
  const t = await getTranslations('reviews');
  const average = distribution.reduce((sum, count, index) => sum + count * (index + 1), 0) / total;
  const rating = numberFormat(await currentLocale(), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(average);
  return (
    <div className={styles.distribution}>
      <p className={styles.average}>
        <span className={styles.number}>{rating}</span>
        <Stars rating={Math.round(average)} />
        <span className="visuallyHidden">{t('outOf', { rating })}, </span>
        <span className="hint">{t('count', { count: total })}</span>
      </p>
      <ul className={styles.bars}>
        {[5, 4, 3, 2, 1].map((stars) => {
          const count = distribution[stars - 1] ?? 0;
          return (
            <li key={stars} className={styles.bar}>
              <span aria-hidden="true">{stars}</span>
              <span className={styles.track} aria-hidden="true">
                <span style={{ inlineSize: `${(count / total) * 100}%` }} />
              </span>
              <span aria-hidden="true">{count}</span>
              <span className="visuallyHidden">{t('bar', { stars, count })}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
};

const Own = async ({ path, mine }: { path: string; mine: ListingOfMine | null }) => {
  const t = await getTranslations('reviews');
  if (mine?.isOwner) return null;
  const review = mine?.review;
  return (
    <div className={styles.own}>
      {review?.moderationStatus === 'pending' ? <p className="notice">{t('waits')}</p> : null}
      {review?.moderationStatus === 'rejected' ? (
        <p className="notice noticeBad">{t('rejected', { reason: review.reason ?? '' })}</p>
      ) : null}
      <SiteLink href={`${path}/review`} className="button buttonQuiet buttonSmall">
        {t(review ? 'change' : 'write')}
      </SiteLink>
    </div>
  );
};

const Review = async ({ review, path }: { review: ListingReviews['items'][number]; path: string }) => {
  const t = await getTranslations('reviews');
  const { id, authorName, authorAvatarUrl, rating, text, verified, writtenAt } = review;
  const name = authorName || t('somebody');
  return (
    <li className={styles.review}>
      <p className={styles.by}>
        <SmallAvatar name={name} url={authorAvatarUrl} />
        <Stars rating={rating} />
        <span className="visuallyHidden">{t('stars', { count: rating })}, </span>
        <strong>{name}</strong>
        {verified ? <span className="tag">{t('verified')}</span> : null}
        <time dateTime={writtenAt} className="hint">
          {formatDay(writtenAt, await currentLocale())}
        </time>
      </p>
      <p className={styles.text}>{text}</p>
      <SiteLink
        href={reportUrl({ subject: 'review', id: String(id), from: path })}
        className={styles.report}
        aria-label={t('reportOf', { name })}
      >
        {t('report')}
      </SiteLink>
    </li>
  );
};
