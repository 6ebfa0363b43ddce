import { staffRoles } from '@convene/common/listings';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountFrame } from '@/components/AccountFrame';
import { Unavailable } from '@/components/Unavailable';
import { env } from '@/env';
import { getAccount } from '@/lib/backend/account';
import { readAs } from '@/lib/session/requireSession';
import styles from './account.module.css';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('account'))('title'),
  robots: { index: false },
});

const AccountPage = async () => {
  const account = await readAs('/account', getAccount);
  if (!account.isAvailable) return <Unavailable retryHref="/account" />;
  const t = await getTranslations('account');
  const { displayName, email, locale, roles } = account.value;
  const isStaff = staffRoles.some((role) => roles.includes(role));
  return (
    <AccountFrame title={t('hello', { name: displayName })}>
      <div className={styles.overview}>
        <dl className={styles.facts}>
          <div>
            <dt>{t('name')}</dt>
            <dd>{displayName}</dd>
          </div>
          <div>
            <dt>{t('email')}</dt>
            <dd>{email}</dd>
          </div>
          <div>
            <dt>{t('language')}</dt>
            <dd>{t(`languages.${locale}`)}</dd>
          </div>
        </dl>
        <section aria-labelledby="roles" className={styles.roles}>
          <h2 id="roles">{t('rolesTitle')}</h2>
          <ul>
            {roles.map((role) => (
              <li key={role} className="tag">
                {t(`roles.${role}`)}
              </li>
            ))}
          </ul>
          {isStaff ? (
            <a className="button buttonQuiet buttonSmall" href={`${env.BACKEND_URL}/admin`}>
              {t('staff')}
            </a>
          ) : null}
        </section>
      </div>
    </AccountFrame>
  );
};

export default AccountPage;
