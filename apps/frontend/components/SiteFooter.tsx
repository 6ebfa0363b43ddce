import { listingKinds, locales } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import { setPreferences } from '@/app/actions/preferences';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { getSession } from '@/lib/session/cookie';
import { type Theme, themes } from '@/lib/theme';
import { Logo } from './Logo';
import styles from './SiteFooter.module.css';
import { SiteLink } from './SiteLink';

const languageNames = { en: 'English', ro: 'Română' } as const;

export const SiteFooter = async ({ theme }: { theme: Theme }) => {
  const t = await getTranslations();
  const locale = await currentLocale();
  const session = await getSession();
  return (
    <footer className={styles.footer}>
      <div className={`container ${styles.grid}`}>
        <div className={styles.about}>
          <p className={styles.brand}>
            <Logo size={34} />
            {t('brand.name')}
          </p>
          <p>{t('brand.tagline')}</p>
          <p className={styles.small}>{t('footer.noPayments')}</p>
        </div>
        <nav aria-labelledby="footer-explore">
          <h2 id="footer-explore" className={styles.heading}>
            {t('footer.explore')}
          </h2>
          <ul className={styles.list}>
            {listingKinds.map((kind) => (
              <li key={kind}>
                <SiteLink href={`/${kind}`}>{t(`kinds.${kind}.plural`)}</SiteLink>
              </li>
            ))}
          </ul>
        </nav>
        <nav aria-labelledby="footer-yours">
          <h2 id="footer-yours" className={styles.heading}>
            {t('footer.yours')}
          </h2>
          <ul className={styles.list}>
            <li>
              <SiteLink href={session ? '/account' : '/sign-in'}>{t(session ? 'nav.account' : 'nav.signIn')}</SiteLink>
            </li>
            <li>
              <SiteLink href={session ? '/account/listings' : '/sign-up'}>{t('footer.listYours')}</SiteLink>
            </li>
            <li>
              <SiteLink href="/contact">{t('contact.title')}</SiteLink>
            </li>
            <li>
              <SiteLink href="/privacy">{t('footer.privacy')}</SiteLink>
            </li>
          </ul>
        </nav>
        <div className={styles.preferences}>
          <form action={setPreferences}>
            <fieldset className={styles.choices}>
              <legend className={styles.heading}>{t('footer.language')}</legend>
              {locales.map((code) => (
                <button type="submit" key={code} name="locale" value={code} lang={code} aria-pressed={code === locale}>
                  {languageNames[code]}
                </button>
              ))}
            </fieldset>
          </form>
          <form action={setPreferences}>
            <fieldset className={styles.choices}>
              <legend className={styles.heading}>{t('footer.theme')}</legend>
              {themes.map((name) => (
                <button type="submit" key={name} name="theme" value={name} aria-pressed={name === theme}>
                  {t(`footer.themes.${name}`)}
                </button>
              ))}
            </fieldset>
          </form>
        </div>
      </div>
    </footer>
  );
};
