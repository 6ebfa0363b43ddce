import { type Account, type AccountSettings, MAX_BIO_LENGTH } from '@convene/common/api';
import { locales, selfGrantableRoles, staffRoles } from '@convene/common/listings';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { profileAction, verificationAction } from '@/app/actions/account';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { PictureForm } from '@/components/PictureForm';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { env } from '@/env';
import { getAccount, getSettings } from '@/lib/backend/account';
import { getTwoFactor } from '@/lib/backend/ownAccount';
import { formatDay } from '@/lib/format/eventDates';
import { formStamp, TRAP_FIELD } from '@/lib/forms/formProof';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { readAs } from '@/lib/session/requireSession';
import styles from './account.module.css';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('account'))('title'),
  robots: { index: false },
});

const AccountPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const read = await readAs('/account', (token) =>
    Promise.all([getAccount(token), getSettings(token), getTwoFactor(token)]),
  );
  if (!read.isAvailable) return <Unavailable retryHref="/account" />;
  const [account, settings, twoFactor] = read.value;
  const t = await getTranslations('account');
  const t2 = await getTranslations('twoFactor');
  const isStaff = staffRoles.some((role) => account.roles.includes(role));
  return (
    <AccountFrame title={t('hello', { name: account.displayName })}>
      {twoFactor.isRequired && !twoFactor.since ? (
        <p className="notice">
          {t2('required')} <SiteLink href="/account/security/two-factor">{t2('setUp')}</SiteLink>
        </p>
      ) : null}
      <div className={styles.overview}>
        <Profile account={account} />
        <div className={styles.cards}>
          <section className={styles.card} aria-labelledby="picture">
            <h2 id="picture">{(await getTranslations('avatar'))('title')}</h2>
            <PictureForm account={account} outcome={await searchParam(searchParams, 'picture')} />
          </section>
          <Verification settings={settings} />
          {isStaff ? (
            <a className="button buttonQuiet" href={`${env.BACKEND_URL}/admin`}>
              {t('staff')}
            </a>
          ) : null}
        </div>
      </div>
    </AccountFrame>
  );
};

const Profile = async ({ account: { id, displayName, bio, locale, roles } }: { account: Account }) => {
  const t = await getTranslations();
  const offered = selfGrantableRoles.filter((role) => role !== 'client');
  return (
    <section className={styles.card} aria-labelledby="profile">
      <h2 id="profile">{t('profile.title')}</h2>
      <ActionForm
        action={profileAction}
        fields={[
          {
            type: 'text',
            name: 'displayName',
            label: t('account.name'),
            hint: t('auth.displayNameHint'),
            autoComplete: 'name',
            minLength: 2,
            maxLength: 80,
            value: displayName,
          },
          {
            type: 'textarea',
            name: 'bio',
            label: t('forms.optional', { label: t('profile.bio') }),
            hint: t('profile.bioHint'),
            rows: 4,
            maxLength: MAX_BIO_LENGTH,
            value: bio,
            isOptional: true,
          },
          {
            type: 'select',
            name: 'locale',
            label: t('account.language'),
            options: locales.map((code) => ({ value: code, label: t(`account.languages.${code}`) })),
            value: locale,
          },
          {
            type: 'checkboxes',
            name: 'roles',
            legend: t('profile.rolesLegend'),
            hint: `${t('profile.rolesHint')} ${t('profile.rolesKept')}`,
            options: offered.map((role) => ({ value: role, label: t(`auth.roles.${role}`) })),
            chosen: roles,
          },
        ]}
        submit={t('profile.submit')}
      />
      <p>
        <SiteLink href={`/people/${id}`}>{t('profile.public')}</SiteLink>
      </p>
    </section>
  );
};

const Verification = async ({ settings: { verification, verificationRequest } }: { settings: AccountSettings }) => {
  const t = await getTranslations();
  const locale = await currentLocale();
  return (
    <section className={styles.card} aria-labelledby="verification">
      <h2 id="verification">{t('profile.verificationTitle')}</h2>
      {verification === 'verified' ? <p className="notice noticeGood">{t('profile.verified')}</p> : null}
      {verification === 'pending' ? <p className="notice">{t('profile.pending')}</p> : null}
      {verification === 'rejected' ? (
        <p className="notice noticeBad">
          {verificationRequest?.reason
            ? t('profile.rejectedReason', { reason: verificationRequest.reason })
            : t('profile.rejected')}
        </p>
      ) : null}
      {verificationRequest ? (
        <p className="hint">
          {t('profile.askedOn', { date: formatDay(verificationRequest.askedAt, locale) })}{' '}
          {verificationRequest.decidedAt
            ? t('profile.decidedOn', { date: formatDay(verificationRequest.decidedAt, locale) })
            : null}
        </p>
      ) : null}
      {verification === 'none' || verification === 'rejected' ? (
        <>
          <p>{t('profile.verificationText')}</p>
          <details className={styles.more}>
            <summary className="button buttonQuiet buttonSmall">{t('profile.verificationOpen')}</summary>
            <ActionForm
              action={verificationAction}
              hidden={formStamp()}
              honeypot={{ name: TRAP_FIELD, label: t('forms.doNotFill') }}
              fields={[
                {
                  type: 'text',
                  name: 'legalName',
                  label: t('profile.legalName'),
                  autoComplete: 'name',
                  minLength: 2,
                  maxLength: 120,
                },
                {
                  type: 'url',
                  name: 'website',
                  label: t('forms.optional', { label: t('profile.website') }),
                  autoComplete: 'url',
                  maxLength: 200,
                  isOptional: true,
                },
                {
                  type: 'textarea',
                  name: 'text',
                  label: t('profile.verificationNote'),
                  hint: t('profile.verificationNoteHint'),
                  rows: 4,
                  maxLength: 4_000,
                  isOptional: true,
                },
              ]}
              submit={t('profile.verificationSubmit')}
              done={
                <p className="notice noticeGood" role="status">
                  {t('profile.pending')}
                </p>
              }
            />
          </details>
        </>
      ) : null}
    </section>
  );
};

export default AccountPage;
