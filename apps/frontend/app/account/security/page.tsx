import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { changeEmailAction, changePasswordAction, deleteAccountAction } from '@/app/actions/account';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { Unavailable } from '@/components/Unavailable';
import { getAccount, getSettings } from '@/lib/backend/account';
import { readAs } from '@/lib/session/requireSession';
import styles from '../account.module.css';

const PATH = '/account/security';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('security'))('title'),
  robots: { index: false },
});

const SecurityPage = async () => {
  const read = await readAs(PATH, (token) => Promise.all([getAccount(token), getSettings(token)]));
  if (!read.isAvailable) return <Unavailable retryHref={PATH} />;
  const [{ email }, { pendingEmail }] = read.value;
  const t = await getTranslations('security');
  const auth = await getTranslations('auth');
  return (
    <AccountFrame title={t('title')} lead={t('lead')}>
      <div className={styles.overview}>
        <section className={styles.card} aria-labelledby="email">
          <h2 id="email">{t('emailTitle')}</h2>
          <p>{t('emailNow', { email })}</p>
          {pendingEmail ? <p className="notice">{t('emailPending', { email: pendingEmail })}</p> : null}
          <ActionForm
            id="email-"
            look="quiet"
            action={changeEmailAction}
            fields={[
              { type: 'email', name: 'email', label: t('newEmail'), autoComplete: 'email', maxLength: 254 },
              {
                type: 'password',
                name: 'password',
                label: t('password'),
                autoComplete: 'current-password',
                maxLength: 128,
              },
            ]}
            submit={t('emailSubmit')}
          />
        </section>
        <section className={styles.card} aria-labelledby="password">
          <h2 id="password">{t('passwordTitle')}</h2>
          <p>{t('passwordText')}</p>
          <ActionForm
            id="password-"
            look="quiet"
            action={changePasswordAction}
            fields={[
              {
                type: 'password',
                name: 'password',
                label: t('currentPassword'),
                autoComplete: 'current-password',
                maxLength: 128,
              },
              {
                type: 'password',
                name: 'newPassword',
                label: auth('newPassword'),
                hint: auth('passwordHint'),
                autoComplete: 'new-password',
                minLength: 10,
                maxLength: 128,
              },
            ]}
            submit={t('passwordSubmit')}
          />
        </section>
        <section className={styles.card} aria-labelledby="delete">
          <h2 id="delete">{t('deleteTitle')}</h2>
          <p>{t('deleteText')}</p>
          <details className={styles.more}>
            <summary className="button buttonQuiet buttonSmall">{t('deleteOpen')}</summary>
            <ActionForm
              id="delete-"
              look="danger"
              action={deleteAccountAction}
              fields={[
                {
                  type: 'password',
                  name: 'password',
                  label: t('password'),
                  hint: t('deleteSure'),
                  autoComplete: 'current-password',
                  maxLength: 128,
                },
              ]}
              submit={t('deleteSubmit')}
            />
          </details>
        </section>
      </div>
    </AccountFrame>
  );
};

export default SecurityPage;
