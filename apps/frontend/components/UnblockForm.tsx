import { getTranslations } from 'next-intl/server';
import { unblockAction } from '@/app/actions/people';
import { ActionForm } from './ActionForm';

/** Hears of somebody again. `path`: where to be afterwards. */
export const UnblockForm = async ({ userId, name, path }: { userId: number; name: string; path: string }) => {
  const t = await getTranslations('blocks');
  return (
    <ActionForm
      id={`unblock-${userId}-`}
      look="quiet"
      action={unblockAction}
      hidden={{ userId: String(userId), name, path }}
      fields={[]}
      submit={t('unblockOf', { name })}
    />
  );
};
