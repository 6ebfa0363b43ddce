import type { Subscription } from '@convene/common/api';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { unsubscribeAction } from '@/app/actions/unsubscribe';
import { ActionForm } from '@/components/ActionForm';
import { AuthPanel } from '@/components/AuthPanel';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { getSubscription } from '@/lib/backend/account';
import { attempt } from '@/lib/backend/attempt';
import { isConveneError } from '@/lib/backend/errors';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('unsubscribe'))('title'),
  robots: { index: false },
});

/** Null for a link that leads to no subscription. */
const readSubscription = async (token: string): Promise<Subscription | null> => {
  try {
    return await getSubscription(token);
  } catch (error) {
    if (isConveneError(error) && (error.code === 'invalid-token' || error.code === 'invalid-input')) return null;
    throw error;
  }
};

/** Asks first: not only people open the links of mails. What a mail provider's own button does needs no page. */
const UnsubscribePage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const token = await searchParam(searchParams, 'token');
  const t = await getTranslations('unsubscribe');
  const read = token ? await attempt(() => readSubscription(token)) : ({ isAvailable: true, value: null } as const);
  if (!read.isAvailable)
    return <Unavailable retryHref={`/unsubscribe?${new URLSearchParams({ token: token ?? '' })}`} />;
  const subscription = read.value;
  const home = (
    <SiteLink href="/" className="button">
      {t('home')}
    </SiteLink>
  );
  if (!token || !subscription) {
    return (
      <AuthPanel title={t('title')}>
        <div className="notice noticeBad" role="status">
          <strong>{t('badTitle')}</strong>
          <p>{t('badText')}</p>
        </div>
        {home}
      </AuthPanel>
    );
  }
  const { address, category } = subscription;
  return (
    <AuthPanel title={t('title')} lead={t('lead', { address, category })}>
      <ActionForm
        action={unsubscribeAction}
        hidden={{ token }}
        fields={[]}
        submit={t('submit')}
        done={
          <>
            <div className="notice noticeGood" role="status">
              <strong>{t('doneTitle')}</strong>
              <p>{t('doneText')}</p>
            </div>
            {home}
          </>
        }
      >
        <p className="hint">{t('stays')}</p>
      </ActionForm>
    </AuthPanel>
  );
};

export default UnsubscribePage;
