import { getTranslations } from 'next-intl/server';
import styles from './Rating.module.css';

export const Rating = async ({ rating }: { rating: { average: number; count: number } }) => {
  const t = await getTranslations('card');
  return (
    <span className={styles.rating}>
      <svg className={styles.star} viewBox="0 0 20 20" width="15" height="15" aria-hidden="true" focusable="false">
        <path d="M10 1.4l2.6 5.5 6 .8-4.4 4.1 1.1 6L10 14.9l-5.3 2.9 1.1-6L1.4 7.7l6-.8z" />
      </svg>
      <span aria-hidden="true">
        {rating.average.toFixed(1)} <span className={styles.count}>({rating.count})</span>
      </span>
      <span className="visuallyHidden">{t('rating', rating)}</span>
    </span>
  );
};
