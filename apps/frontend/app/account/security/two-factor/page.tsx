import type { TwoFactor } from '@convene/common/api';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import {
  beginTwoFactorAction,
  cancelTwoFactorAction,
  codesKeptAction,
  confirmTwoFactorAction,
  renewRecoveryCodesAction,
  turnTwoFactorOffAction,
} from '@/app/actions/twoFactor';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm, type TextField } from '@/components/ActionForm';
import { ArrivedHeading } from '@/components/ArrivedHeading';
import { DoneNotice } from '@/components/DoneNotice';
import { QrCode } from '@/components/QrCode';
import { Unavailable } from '@/components/Unavailable';
import { getTwoFactor } from '@/lib/backend/ownAccount';
import { formatDay } from '@/lib/format/eventDates';
import { currentLocale } from '@/lib/i18n/currentLocale';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';
import { takeOver } from '@/lib/session/handover';
import { readAs, requireSession } from '@/lib/session/requireSession';
import account from '../../account.module.css';
import styles from './twoFactor.module.css';

const PATH = '/account/security/two-factor';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('twoFactor'))('title'),
  robots: { index: false },
});

/** What was handed over, where it is this account's. */
const ownHandover = async <Name extends 'secret' | 'recoveryCodes'>(name: Name, userId: string) => {
  const handed = await takeOver(name);
  return handed?.userId === userId ? handed : null;
};

const TwoFactorPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const { userId } = await requireSession(PATH);
  const read = await readAs(PATH, getTwoFactor);
  if (!read.isAvailable) return <Unavailable retryHref={PATH} />;
  const t = await getTranslations('twoFactor');
  const done = await searchParam(searchParams, 'done');
  const state = read.value;
  const codes = state.since ? await ownHandover('recoveryCodes', userId) : null;
  const begun = state.since ? null : await ownHandover('secret', userId);
  return (
    <AccountFrame title={t('title')} lead={t('lead')}>
      <div className={styles.page}>
        {done === 'on' && state.since ? <DoneNotice>{t('onNote')}</DoneNotice> : null}
        {done === 'off' && !state.since ? <DoneNotice>{t('isOff')}</DoneNotice> : null}
        {codes ? <Codes codes={codes.codes} /> : null}
        {begun ? <Confirm secret={begun.secret} uri={begun.uri} /> : null}
        {!state.since && !begun ? <Begin isRequired={state.isRequired} /> : null}
        {state.since && !codes ? <Manage state={state} /> : null}
      </div>
    </AccountFrame>
  );
};

const passwordField = (label: string): TextField => ({
  type: 'password',
  name: 'password',
  label,
  autoComplete: 'current-password',
  maxLength: 128,
});

const codeField = (label: string, hint: string): TextField => ({
  type: 'text',
  name: 'code',
  label,
  hint,
  autoComplete: 'one-time-code',
  minLength: 6,
  maxLength: 32,
});

const Begin = async ({ isRequired }: { isRequired: boolean }) => {
  const t = await getTranslations('twoFactor');
  return (
    <section className={account.card} aria-labelledby="begin">
      <h2 id="begin">{t('setUp')}</h2>
      {isRequired ? <p className="notice">{t('required')}</p> : null}
      <p>{t('beginText')}</p>
      <ActionForm action={beginTwoFactorAction} fields={[passwordField(t('password'))]} submit={t('begin')} />
    </section>
  );
};

/** In fours, as people copy it. */
const spaced = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

const Confirm = async ({ secret, uri }: { secret: string; uri: string }) => {
  const t = await getTranslations('twoFactor');
  return (
    <section className={account.card} aria-labelledby="scan">
      <ArrivedHeading id="scan">{t('scanTitle')}</ArrivedHeading>
      <p>{t('scanText')}</p>
      <QrCode text={uri} label={t('qr')} />
      <p>
        {t('orType')} <code className={styles.secret}>{spaced(secret)}</code>
      </p>
      <ActionForm
        action={confirmTwoFactorAction}
        fields={[codeField(t('code'), t('codeHint'))]}
        submit={t('confirm')}
      />
      <form action={cancelTwoFactorAction}>
        <button type="submit" className="button buttonQuiet buttonSmall">
          {t('cancel')}
        </button>
      </form>
    </section>
  );
};

const Codes = async ({ codes }: { codes: string[] }) => {
  const t = await getTranslations('twoFactor');
  return (
    <section className={account.card} aria-labelledby="codes">
      <ArrivedHeading id="codes">{t('codesTitle')}</ArrivedHeading>
      <p>{t('codesText')}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <form action={codesKeptAction}>
        <button type="submit" className="button">
          {t('kept')}
        </button>
      </form>
    </section>
  );
};

const Manage = async ({ state: { since, recoveryCodesLeft } }: { state: TwoFactor }) => {
  const t = await getTranslations('twoFactor');
  const date = since ? formatDay(since, await currentLocale()) : '';
  return (
    <>
      <p className="notice noticeGood">
        {t('on', { date })} {t('left', { count: recoveryCodesLeft })}
      </p>
      <div className={account.overview}>
        <section className={account.card} aria-labelledby="renew">
          <h2 id="renew">{t('renewTitle')}</h2>
          <p>{t('renewText')}</p>
          <ActionForm
            id="renew-"
            look="quiet"
            action={renewRecoveryCodesAction}
            fields={[passwordField(t('password')), codeField(t('code'), t('anyCode'))]}
            submit={t('renew')}
          />
        </section>
        <section className={account.card} aria-labelledby="off">
          <h2 id="off">{t('offTitle')}</h2>
          <p>{t('offText')}</p>
          <ActionForm
            id="off-"
            look="danger"
            action={turnTwoFactorOffAction}
            fields={[passwordField(t('password')), codeField(t('code'), t('anyCode'))]}
            submit={t('turnOff')}
          />
        </section>
      </div>
      <p className="hint">{t('lost')}</p>
    </>
  );
};

export default TwoFactorPage;
