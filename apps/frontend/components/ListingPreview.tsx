import type { ListingDetail } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import { ListingFacts } from './ListingFacts';
import { ListingPictures } from './ListingPictures';
import styles from './ListingPreview.module.css';
import { OwnerCard } from './OwnerCard';

/** What visitors will see of a listing: of the same parts as its page, but without what they can do there. */
export const ListingPreview = async ({ listing }: { listing: ListingDetail }) => {
  const t = await getTranslations('listing');
  const { title, summary, type, event, descriptionHtml, facilities, kind } = listing;
  return (
    <article className={styles.preview} data-kind={kind}>
      <header className={styles.head}>
        <h2>{title}</h2>
        {summary ? <p className={styles.summary}>{summary}</p> : null}
        <p className={styles.tags}>
          {type ? <span className="tag">{type.name}</span> : null}
          {event && event.status !== 'upcoming' ? (
            <span className="tag">{(await getTranslations('eventStatus'))(event.status)}</span>
          ) : null}
        </p>
      </header>
      <div className={styles.columns}>
        <div className={styles.main}>
          <ListingPictures listing={listing} />
          <section aria-labelledby="about">
            <h3 id="about">{t('about')}</h3>
            {descriptionHtml ? (
              <div className="prose" dangerouslySetInnerHTML={{ __html: descriptionHtml }} />
            ) : (
              <p className="hint">{t('noDescription')}</p>
            )}
          </section>
          {facilities.length > 0 ? (
            <section aria-labelledby="facilities">
              <h3 id="facilities">{t('facilities')}</h3>
              <ul className={styles.facilities}>
                {facilities.map(({ slug, name }) => (
                  <li key={slug} className="tag">
                    {name}
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
        </div>
        <aside className={styles.side}>
          <ListingFacts listing={listing} />
          <OwnerCard listing={listing} />
        </aside>
      </div>
    </article>
  );
};
