import { optionalCategories } from '@convene/common/notifications';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { preferencesAction } from '@/app/actions/notifications';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { SiteLink } from '@/components/SiteLink';
import { Unavailable } from '@/components/Unavailable';
import { getNotificationPreferences } from '@/lib/backend/account';
import { readAs } from '@/lib/session/requireSession';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('account.notifications'))('title'),
  robots: { index: false },
});

/** Which mails the account wants; where an unsubscription is taken back. */
const NotificationsPage = async () => {
  const preferences = await readAs('/account/notifications', getNotificationPreferences);
  if (!preferences.isAvailable) return <Unavailable retryHref="/account/notifications" />;
  const t = await getTranslations('account.notifications');
  return (
    <AccountFrame title={t('title')} lead={t('lead')}>
      <ActionForm
        action={preferencesAction}
        values={{ categories: optionalCategories.filter((category) => preferences.value[category]) }}
        fields={[
          {
            type: 'checkboxes',
            name: 'categories',
            legend: t('legend'),
            hint: t('hint'),
            options: optionalCategories.map((value) => ({ value, label: t(`categories.${value}`) })),
          },
        ]}
        submit={t('submit')}
        done={
          <>
            <div className="notice noticeGood" role="status">
              <strong>{t('doneTitle')}</strong>
              <p>{t('doneText')}</p>
            </div>
            <SiteLink href="/account" className="button">
              {t('back')}
            </SiteLink>
          </>
        }
      />
    </AccountFrame>
  );
};

export default NotificationsPage;
