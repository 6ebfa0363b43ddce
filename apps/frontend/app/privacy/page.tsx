import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { refusesIdentifiers } from '@/lib/beacons/judgeRequest';
import { mapTiles } from '@/lib/map/tiles';
import styles from './privacy.module.css';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('privacy'))('title'),
});

const cookieNames = [
  'session',
  'signIn',
  'twoFactor',
  'recovery',
  'visitor',
  'favorites',
  'merged',
  'preferences',
] as const;

const PrivacyPage = async () => {
  const t = await getTranslations('privacy');
  const tiles = mapTiles();
  return (
    <div className={`container ${styles.page}`}>
      <header>
        <h1>{t('title')}</h1>
        <p className={styles.lead}>{t('lead')}</p>
      </header>
      <section className="prose" aria-labelledby="cookies">
        <h2 id="cookies">{t('cookiesTitle')}</h2>
        <p>{t('cookiesText')}</p>
        <dl className={styles.cookies}>
          {cookieNames.map((name) => (
            <div key={name}>
              <dt>{t(`cookies.${name}.name`)}</dt>
              <dd>{t(`cookies.${name}.text`)}</dd>
            </div>
          ))}
        </dl>
        <h2>{t('draftsTitle')}</h2>
        <p>{t('draftsText')}</p>
        <h2>{t('countingTitle')}</h2>
        <p>{t('countingText')}</p>
        <h2>{t('refuseTitle')}</h2>
        <p>{t('refuseText')}</p>
        {refusesIdentifiers(await headers()) ? <p className="notice noticeGood">{t('refuseNow')}</p> : null}
        {tiles ? (
          <>
            <h2>{t('mapsTitle')}</h2>
            <p>{t('mapsText', { host: new URL(tiles.url).host })}</p>
          </>
        ) : null}
        <h2>{t('mailTitle')}</h2>
        <p>{t('mailText')}</p>
      </section>
    </div>
  );
};

export default PrivacyPage;
