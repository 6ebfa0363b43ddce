import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { resetAction } from '@/app/actions/auth';
import { ActionForm } from '@/components/ActionForm';
import { AuthPanel } from '@/components/AuthPanel';
import { SiteLink } from '@/components/SiteLink';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('auth.reset'))('title'),
  robots: { index: false },
});

const ResetPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const token = await searchParam(searchParams, 'token');
  const t = await getTranslations('auth');
  const forms = await getTranslations('forms');
  if (!token) {
    return (
      <AuthPanel title={t('reset.title')}>
        <p className="notice noticeBad">{t('reset.missing')}</p>
        <SiteLink href="/forgot" className="button">
          {t('forgot.submit')}
        </SiteLink>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel title={t('reset.title')} lead={t('reset.lead')}>
      <ActionForm
        action={resetAction}
        hidden={{ token }}
        fields={[
          {
            type: 'password',
            name: 'password',
            label: t('newPassword'),
            hint: t('passwordHint'),
            autoComplete: 'new-password',
            minLength: 10,
            maxLength: 128,
          },
        ]}
        submit={t('reset.submit')}
        linkSpent={
          <>
            {forms('errors.token')} <SiteLink href="/forgot">{t('forgot.submit')}</SiteLink>
          </>
        }
      />
    </AuthPanel>
  );
};

export default ResetPage;
