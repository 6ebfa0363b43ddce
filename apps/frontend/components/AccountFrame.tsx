import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { signOutAction } from '@/app/actions/auth';
import styles from './AccountFrame.module.css';
import { NavLink } from './NavLink';

/** Title, tabs and sign-out around the account's pages. */
export const AccountFrame = async ({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string;
  children: ReactNode;
}) => {
  const t = await getTranslations();
  return (
    <div className={`container ${styles.frame}`}>
      <header className={styles.head}>
        <div>
          <h1>{title}</h1>
          {lead ? <p className={styles.lead}>{lead}</p> : null}
        </div>
        <form action={signOutAction}>
          <button type="submit" className="button buttonQuiet buttonSmall">
            {t('nav.signOut')}
          </button>
        </form>
      </header>
      <nav aria-label={t('account.nav')} className={styles.tabs}>
        <NavLink href="/account" exact>
          {t('account.overview')}
        </NavLink>
        <NavLink href="/account/bookings">{t('bookings.title')}</NavLink>
        <NavLink href="/account/messages">{t('messages.title')}</NavLink>
        <NavLink href="/account/favorites">{t('favorites.title')}</NavLink>
        <NavLink href="/account/listings">{t('account.listings')}</NavLink>
        <NavLink href="/account/notifications">{t('notifications.title')}</NavLink>
        <NavLink href="/account/security">{t('security.title')}</NavLink>
      </nav>
      {children}
    </div>
  );
};
