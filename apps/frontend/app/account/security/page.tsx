import type { Blocks, Sessions, TwoFactor } from '@convene/common/api';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { changeEmailAction, changePasswordAction, deleteAccountAction } from '@/app/actions/account';
import { endOtherSessionsAction } from '@/app/actions/people';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { DoneNotice } from '@/components/DoneNotice';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { UnblockForm } from '@/components/UnblockForm';
import { getAccount, getSettings } from '@/lib/backend/account';
import { getBlocks, getSessions, getTwoFactor } from '@/lib/backend/ownAccount';
import { browserName } from '@/lib/format/browserName';
import { formatDay, formatMoment } from '@/lib/format/eventDates';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { readAs } from '@/lib/session/requireSession';
import styles from '../account.module.css';

const PATH = '/account/security';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('security'))('title'),
  robots: { index: false },
});

const SecurityPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const read = await readAs(PATH, (token) =>
    Promise.all([getAccount(token), getSettings(token), getTwoFactor(token), getSessions(token), getBlocks(token)]),
  );
  if (!read.isAvailable) return <Unavailable retryHref={PATH} />;
  const [{ email }, { pendingEmail }, twoFactor, sessions, blocks] = read.value;
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
        <TwoFactorCard twoFactor={twoFactor} />
        <SessionsCard sessions={sessions} hasEnded={(await searchParam(searchParams, 'ended')) === '1'} />
        <BlocksCard blocks={blocks} unblocked={await searchParam(searchParams, 'unblocked')} />
        <ExportCard failure={await searchParam(searchParams, 'export')} />
        <section className={styles.card} aria-labelledby="delete">
          <h2 id="delete">{t('deleteTitle')}</h2>
          <p>
            {t('deleteText')} <a href="#export">{t('deleteExport')}</a>
          </p>
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

const TwoFactorCard = async ({ twoFactor: { since, isRequired } }: { twoFactor: TwoFactor }) => {
  const t = await getTranslations('twoFactor');
  return (
    <section className={styles.card} aria-labelledby="two-factor">
      <h2 id="two-factor">{t('title')}</h2>
      <p>{t('lead')}</p>
      {since ? (
        <p className="notice noticeGood">{t('on', { date: formatDay(since, await currentLocale()) })}</p>
      ) : (
        <p className="notice">{isRequired ? t('required') : t('off')}</p>
      )}
      <p>
        <SiteLink href="/account/security/two-factor" className="button buttonQuiet buttonSmall">
          {t(since ? 'manage' : 'setUp')}
        </SiteLink>
      </p>
    </section>
  );
};

const SessionsCard = async ({ sessions: { items }, hasEnded }: { sessions: Sessions; hasEnded: boolean }) => {
  const t = await getTranslations('sessions');
  const locale = await currentLocale();
  return (
    <section className={styles.card} aria-labelledby="sessions">
      <h2 id="sessions">{t('title')}</h2>
      {hasEnded ? <DoneNotice>{t('ended')}</DoneNotice> : null}
      <ul className={styles.rows}>
        {items.map(({ isCurrent, createdAt, expiresAt, userAgent }) => {
          const named = browserName(userAgent);
          return (
            <li key={`${createdAt} ${expiresAt}`}>
              <p>
                {named ? t('browser', named) : t('unknown')} {isCurrent ? <strong>· {t('current')}</strong> : null}
              </p>
              <p className="hint">
                {createdAt ? `${t('since', { date: formatMoment(createdAt, locale) })}, ` : null}
                {t('until', { date: formatDay(expiresAt, locale) })}
              </p>
            </li>
          );
        })}
      </ul>
      {items.length > 1 ? (
        <ActionForm id="sessions-" look="quiet" action={endOtherSessionsAction} fields={[]} submit={t('endOthers')} />
      ) : (
        <p className="hint">{t('onlyThis')}</p>
      )}
    </section>
  );
};

const BlocksCard = async ({ blocks: { items }, unblocked }: { blocks: Blocks; unblocked: string | undefined }) => {
  const t = await getTranslations('blocks');
  const locale = await currentLocale();
  return (
    <section className={styles.card} aria-labelledby="blocks">
      <h2 id="blocks">{t('title')}</h2>
      {unblocked ? <DoneNotice>{t('unblocked', { name: unblocked })}</DoneNotice> : null}
      {items.length === 0 ? <p>{t('none')}</p> : <p>{t('text')}</p>}
      {items.length > 0 ? (
        <ul className={styles.rows}>
          {items.map(({ userId, displayName, blockedAt }) => (
            <li key={userId}>
              <p>
                <SiteLink href={`/people/${userId}`}>{displayName}</SiteLink>
              </p>
              <p className="hint">{t('since', { date: formatDay(blockedAt, locale) })}</p>
              <UnblockForm userId={userId} name={displayName} path={PATH} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
};

const ExportCard = async ({ failure }: { failure: string | undefined }) => {
  const t = await getTranslations('export');
  return (
    <section className={styles.card} aria-labelledby="export">
      <h2 id="export">{t('title')}</h2>
      {failure ? (
        <p className="notice noticeBad" role="alert">
          {t(failure === 'too-many' ? 'tooMany' : 'failed')}
        </p>
      ) : null}
      <p>{t('text')}</p>
      <p>
        <a href="/account/export" className="button buttonQuiet buttonSmall" rel="nofollow">
          {t('download')}
        </a>
      </p>
    </section>
  );
};

export default SecurityPage;
