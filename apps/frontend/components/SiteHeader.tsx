import { listingKinds } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import { getMarks } from '@/lib/backend/marks';
import { getSession } from '@/lib/session/cookie';
import { Avatar } from './Avatar';
import { Heart } from './Heart';
import { Logo } from './Logo';
import { NavLink } from './NavLink';
import styles from './SiteHeader.module.css';
import { SiteLink } from './SiteLink';
import { UnreadBadge } from './UnreadBadge';

export const SiteHeader = async () => {
  const t = await getTranslations();
  const session = await getSession();
  return (
    <header className={styles.header}>
      <div className={`container ${styles.row}`}>
        <SiteLink href="/" className={styles.brand}>
          <Logo />
          <span>{t('brand.name')}</span>
        </SiteLink>
        <nav className={styles.nav} aria-label={t('nav.main')}>
          {listingKinds.map((kind) => (
            <NavLink key={kind} href={`/${kind}`} className={styles.navLink}>
              {t(`kinds.${kind}.plural`)}
            </NavLink>
          ))}
        </nav>
        <div className={styles.actions}>
          <SiteLink
            href={session ? '/account/favorites' : '/favorites'}
            className={styles.icon}
            aria-label={t('favorites.title')}
            title={t('favorites.title')}
          >
            <Heart />
          </SiteLink>
          {session ? <Messages /> : null}
          {session ? (
            <SiteLink href="/account" className={styles.account}>
              <Avatar name={session.displayName} url={session.avatarUrl} className={styles.avatar} />
              {t('nav.account')}
            </SiteLink>
          ) : (
            <>
              <SiteLink href="/sign-in" className={styles.signIn}>
                {t('nav.signIn')}
              </SiteLink>
              <SiteLink href="/sign-up" className={`button buttonSmall ${styles.join}`}>
                {t('nav.signUp')}
              </SiteLink>
            </>
          )}
        </div>
      </div>
    </header>
  );
};

/** Left out while it can't be told how many are new. */
const Messages = async () => {
  const marks = await getMarks();
  if (!marks) return null;
  const t = await getTranslations('messages');
  return (
    <UnreadBadge unread={marks.unreadMessages} texts={{ none: t('title'), some: t('badge', { count: '{count}' }) }} />
  );
};
