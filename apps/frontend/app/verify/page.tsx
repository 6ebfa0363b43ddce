import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { verifyAction } from '@/app/actions/auth';
import { ActionForm } from '@/components/ActionForm';
import { AuthPanel } from '@/components/AuthPanel';
import { SiteLink } from '@/components/SiteLink';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('auth.verify'))('title'),
  robots: { index: false },
});

/** Confirms by a press of a button, not by being opened: mail scanners open every link. */
const VerifyPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const token = await searchParam(searchParams, 'token');
  const t = await getTranslations('auth.verify');
  if (!token) {
    return (
      <AuthPanel title={t('title')}>
        <p className="notice noticeBad">{t('missing')}</p>
        <SiteLink href="/sign-in" className="button">
          {t('signIn')}
        </SiteLink>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel title={t('title')} lead={t('lead')}>
      <ActionForm
        action={verifyAction}
        hidden={{ token }}
        fields={[]}
        submit={t('submit')}
        linkSpent={
          <>
            <strong>{t('failedTitle')}</strong>
            <p>
              {t('failedText')} <SiteLink href="/sign-up">{t('signUp')}</SiteLink>
            </p>
          </>
        }
        done={
          <>
            <div className="notice noticeGood" role="status">
              <strong>{t('doneTitle')}</strong>
              <p>{t('doneText')}</p>
            </div>
            <SiteLink href="/sign-in" className="button">
              {t('signIn')}
            </SiteLink>
          </>
        }
      >
        <p className="hint">
          <SiteLink href="/sign-in">{t('signIn')}</SiteLink>
        </p>
      </ActionForm>
    </AuthPanel>
  );
};

export default VerifyPage;
