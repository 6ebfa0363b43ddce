import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthPanel } from '@/components/AuthPanel';
import { SiteLink } from '@/components/SiteLink';
import { type SearchParams, searchParam } from '@/lib/request/searchParam';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('auth.checkMail'))('title'),
  robots: { index: false },
});

/** After signing up and after asking for a new password: says the same whether or not the address has an account. */
const CheckMailPage = async ({ searchParams }: { searchParams: SearchParams }) => {
  const purpose = (await searchParam(searchParams, 'for')) === 'forgot' ? 'forgot' : 'signUp';
  const t = await getTranslations('auth.checkMail');
  return (
    <AuthPanel title={t('title')}>
      <p>{t(purpose)}</p>
      <p className="hint">
        {t('tip')} <SiteLink href={purpose === 'forgot' ? '/forgot' : '/sign-up'}>{t('again')}</SiteLink>
      </p>
      <SiteLink href="/sign-in" className="button buttonQuiet">
        {t('signIn')}
      </SiteLink>
    </AuthPanel>
  );
};

export default CheckMailPage;
