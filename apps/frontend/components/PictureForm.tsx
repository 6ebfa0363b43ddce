import type { Account } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import { Avatar } from './Avatar';
import { PictureField } from './PictureField';
import styles from './PictureForm.module.css';

const good = ['done', 'removed'] as const;
const bad = ['bad', 'large', 'none', 'failed'] as const;

/** The profile's picture; `outcome` is what became of the form that was sent. */
export const PictureForm = async ({ account, outcome }: { account: Account; outcome: string | undefined }) => {
  const t = await getTranslations('avatar');
  const isGood = good.find((name) => name === outcome);
  const isBad = bad.find((name) => name === outcome);
  return (
    <form method="post" action="/account/avatar" encType="multipart/form-data" className={styles.form}>
      {isGood ? (
        <p className="notice noticeGood" role="status">
          {t(isGood)}
        </p>
      ) : null}
      {isBad ? (
        <p className="notice noticeBad" role="alert">
          {t(isBad)}
        </p>
      ) : null}
      <div className={styles.now}>
        <Avatar name={account.displayName} url={account.avatarUrl} className={styles.picture} />
        <p>{t('text')}</p>
      </div>
      <PictureField label={t('choose')} hint={t('hint')} preview={t('preview')} />
      <div className={styles.buttons}>
        <button type="submit" className="button">
          {t('submit')}
        </button>
        {account.avatarUrl ? (
          <button type="submit" name="remove" value="1" className="button buttonQuiet" formNoValidate>
            {t('remove')}
          </button>
        ) : null}
      </div>
    </form>
  );
};
