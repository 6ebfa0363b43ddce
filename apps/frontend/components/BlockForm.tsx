import { getTranslations } from 'next-intl/server';
import { blockAction } from '@/app/actions/people';
import { ActionForm } from './ActionForm';
import styles from './BlockForm.module.css';

/** Asks whether somebody is to be blocked, in a place that opens first. */
export const BlockForm = async ({ userId, name, path }: { userId: number; name: string; path: string }) => {
  const t = await getTranslations('person');
  return (
    <details className={styles.block}>
      <summary className={styles.open}>{t('block', { name })}</summary>
      <div className={styles.body}>
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
      </div>
    </details>
  );
};
