import { getTranslations } from 'next-intl/server';
import styles from './Message.module.css';

/** In the place of what the backend would have given, while it is away. */
export const Unavailable = async ({ retryHref }: { retryHref: string }) => {
  const t = await getTranslations('errors');
  return (
    <section className={`container ${styles.message}`} role="status">
      <h1 className={styles.title}>{t('unavailableTitle')}</h1>
      <p>{t('unavailableText')}</p>
      {/* A whole new page, not a transition: it must ask the server again. */}
      <a className="button" href={retryHref}>
        {t('unavailableAction')}
      </a>
    </section>
  );
};
