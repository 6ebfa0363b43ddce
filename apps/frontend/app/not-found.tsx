import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import styles from '@/components/Message.module.css';
import { SiteLink } from '@/components/SiteLink';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('errors'))('notFoundTitle'),
});

const NotFoundPage = async () => {
  const t = await getTranslations('errors');
  return (
    <section className={`container ${styles.message}`}>
      <h1 className={styles.title}>{t('notFoundTitle')}</h1>
      <p>{t('notFoundText')}</p>
      <SiteLink href="/" className="button">
        {t('home')}
      </SiteLink>
    </section>
  );
};

export default NotFoundPage;
