import { getTranslations } from 'next-intl/server';
import { blockAction } from '@/app/actions/people';
import { ActionForm } from './ActionForm';
import { Disclosure } from './Disclosure';

/** Asks whether somebody is to be blocked. */
export const BlockForm = async ({ userId, name, path }: { userId: number; name: string; path: string }) => {
  const t = await getTranslations('person');
  return (
    <Disclosure open={t('block', { name })}>
      <p>{t('blockText')}</p>
      <ActionForm
        id="block-"
        look="danger"
        action={blockAction}
        hidden={{ userId: String(userId), path }}
        fields={[]}
        submit={t('blockSubmit')}
        done={
          <p className="notice noticeGood" role="status">
            {t('blocked')}
          </p>
        }
      />
    </Disclosure>
  );
};
