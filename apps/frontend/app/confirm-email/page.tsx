import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { confirmEmailAction } from '@/app/actions/account';
import { ActionForm } from '@/components/ActionForm';
import { AuthPanel } from '@/components/AuthPanel';
import { DoneMessage } from '@/components/DoneMessage';
import { SiteLink } from '@/components/SiteLink';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('confirmEmail'))('title'),
  robots: { index: false },
});

/** Confirms by a press of a button, not by being opened: mail scanners open every link. */
const ConfirmEmailPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const token = await searchParam(searchParams, 'token');
  const t = await getTranslations('confirmEmail');
  if (!token) {
    return (
      <AuthPanel title={t('title')}>
        <p className="notice noticeBad">{t('missing')}</p>
        <SiteLink href="/account/security" className="button">
          {t('again')}
        </SiteLink>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel title={t('title')} lead={t('lead')}>
      <ActionForm
        action={confirmEmailAction}
        hidden={{ token }}
        fields={[]}
        submit={t('submit')}
        linkSpent={
          <>
            {t('spent')} <SiteLink href="/account/security">{t('again')}</SiteLink>
          </>
        }
        done={
          <DoneMessage title={t('doneTitle')} text={t('doneText')} action={{ href: '/sign-in', label: t('signIn') }} />
        }
      />
    </AuthPanel>
  );
};

export default ConfirmEmailPage;
