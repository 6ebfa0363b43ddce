import type { ListingCard as Card } from '@convene/common/api';
import type { ListingKind } from '@convene/common/listings';
import type { ReactNode } from 'react';
import { ListingCard } from './ListingCard';
import styles from './Rail.module.css';
import { SiteLink } from './SiteLink';

type Props = {
  kind: ListingKind;
  id: string;
  title: string;
  lead?: string;
  listings: Card[];
  more?: { href: string; label: string };
  /** Shown where there is no listing. */
  empty?: ReactNode;
};

/** A row of cards that scrolls sideways by touch, wheel or keyboard. */
export const Rail = ({ kind, id, title, lead, listings, more, empty }: Props) => (
  <section className={styles.rail} aria-labelledby={id} data-kind={kind}>
    <div className={`container ${styles.head}`}>
      <div>
        <h2 id={id}>
          <span className={styles.mark} aria-hidden="true" />
          {title}
        </h2>
        {lead ? <p className={styles.lead}>{lead}</p> : null}
      </div>
      {more ? (
        <SiteLink href={more.href} className={styles.more}>
          {more.label}
          <span aria-hidden="true"> →</span>
        </SiteLink>
      ) : null}
    </div>
    {listings.length === 0 ? (
      <p className={`container ${styles.empty}`}>{empty}</p>
    ) : (
      <ul className={styles.track}>
        {listings.map((listing) => (
          <li key={listing.id} className={styles.item}>
            <ListingCard listing={listing} sizes="(max-width: 40rem) 75vw, 18.5rem" />
          </li>
        ))}
      </ul>
    )}
  </section>
);
