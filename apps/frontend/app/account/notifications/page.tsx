import { optionalCategories } from '@convene/common/notifications';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notificationsAction } from '@/app/actions/account';
import { AccountFrame } from '@/components/AccountFrame';
import { ActionForm } from '@/components/ActionForm';
import { Unavailable } from '@/components/Unavailable';
import { getSettings } from '@/lib/backend/account';
import { readAs } from '@/lib/session/requireSession';
import styles from '../account.module.css';

const PATH = '/account/notifications';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('notifications'))('title'),
  robots: { index: false },
});

const NotificationsPage = async () => {
  const settings = await readAs(PATH, getSettings);
  if (!settings.isAvailable) return <Unavailable retryHref={PATH} />;
  const { notifications } = settings.value;
  const t = await getTranslations('notifications');
  return (
    <AccountFrame title={t('title')} lead={t('lead')}>
      <div className={styles.narrow}>
        <ActionForm
          action={notificationsAction}
          fields={[
            {
              type: 'checkboxes',
              name: 'categories',
              legend: t('legend'),
              options: optionalCategories.map((category) => ({
                value: category,
                label: t(`categories.${category}`),
                hint: t(`hints.${category}`),
              })),
              chosen: optionalCategories.filter((category) => notifications[category]),
            },
          ]}
          submit={t('submit')}
        />
      </div>
    </AccountFrame>
  );
};

export default NotificationsPage;
